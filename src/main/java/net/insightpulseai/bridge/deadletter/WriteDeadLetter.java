package net.insightpulseai.bridge.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.encryption.Binding;
import net.insightpulseai.bridge.encryption.CannotOpen;
import net.insightpulseai.bridge.encryption.Encryption;
import net.insightpulseai.bridge.http.PathPart;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Answers with the JSON of a dead letter's row and its payload, which is decrypted here and nowhere
 * else. If that fails, {@code payload_error} has the reason and the rest is still shown. Without a
 * row, answers 404.
 */
@Component("writeDeadLetter")
class WriteDeadLetter implements Processor {

  private final Encryption encryption;
  private final ObjectMapper json;

  WriteDeadLetter(
      @Qualifier("deadLetterEncryption") Encryption encryption,
      @Qualifier("exactJson") ObjectMapper json) {
    this.encryption = encryption;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException, JsonProcessingException {
    Message message = exchange.getMessage();
    List<?> rows = message.getMandatoryBody(List.class);
    if (rows.isEmpty()) {
      throw PathPart.notFound("There is no dead letter with this id");
    }
    Map<?, ?> row = (Map<?, ?>) rows.get(0);
    ObjectNode letter = (ObjectNode) json.readTree(String.valueOf(row.get("line")));
    letter.putNull("payload");
    letter.putNull("payload_error");
    try {
      putPayload(letter, open(letter, (byte[]) row.get("payload"), (String) row.get("key_id")));
    } catch (CannotOpen e) {
      letter.put("payload_error", e.getMessage());
    }
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(json.writeValueAsBytes(letter));
  }

  private byte @Nullable [] open(
      ObjectNode letter, byte @Nullable [] payload, @Nullable String keyId) {
    if (payload == null || keyId == null) {
      return payload;
    }
    Binding binding =
        LetterBinding.of(letter.path("target").asText(), letter.path("row_id").asLong());
    return encryption.open(payload, keyId, binding);
  }

  private void putPayload(ObjectNode letter, byte @Nullable [] payload) {
    if (payload == null) {
      letter.put("payload_error", "it was not stored");
      return;
    }
    try {
      letter.set("payload", json.readTree(payload));
    } catch (IOException e) {
      letter.put("payload", new String(payload, UTF_8));
    }
  }
}
