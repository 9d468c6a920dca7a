package net.insightpulseai.bridge.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.IOContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Reads bytes as UTF-8 and as nothing else. Jackson by itself guesses UTF-16 and UTF-32 from the
 * first bytes and lets some malformed sequences pass; a byte order mark is skipped, as Jackson
 * does.
 */
final class StrictUtf8Factory extends JsonFactory {

  private static final long serialVersionUID = 1L;

  StrictUtf8Factory(StreamReadConstraints bounds) {
    super(new JsonFactoryBuilder().streamReadConstraints(bounds));
  }

  private StrictUtf8Factory(StrictUtf8Factory other) {
    super(other, other.getCodec());
  }

  @Override
  public JsonFactory copy() {
    return new StrictUtf8Factory(this);
  }

  @Override
  protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context)
      throws IOException {
    CharBuffer text = decode(ByteBuffer.wrap(data, offset, length));
    int start = text.hasRemaining() && text.get(text.position()) == '\uFEFF' ? 1 : 0;
    return new ShortNumbers(
        _createParser(
            text.array(),
            text.arrayOffset() + text.position() + start,
            text.remaining() - start,
            context,
            false));
  }

  @Override
  protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
    byte[] data = in.readAllBytes();
    return _createParser(data, 0, data.length, context);
  }

  private static CharBuffer decode(ByteBuffer bytes) throws JsonParseException {
    try {
      // A new decoder reports malformed input instead of replacing it.
      return UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw new JsonParseException(null, "not UTF-8", e);
    }
  }
}
