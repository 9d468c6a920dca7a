package net.insightpulseai.bridge.encryption;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Gives a message the random initialization vector of its encryption. Two messages with the same
 * vector would reveal an equal beginning, so the data format has none and refuses to work without.
 */
@Component("freshInitVector")
public class FreshInitVector implements Processor {

  /** The header that camel-crypto reads. */
  static final String HEADER = "CamelCryptoInitVector";

  static final int BYTES = 16;

  private final SecureRandom random = new SecureRandom();

  @Override
  public void process(Exchange exchange) {
    byte[] vector = new byte[BYTES];
    random.nextBytes(vector);
    exchange.getMessage().setHeader(HEADER, vector);
  }

  /** Whether the data format made these bytes with this message's vector. */
  public static boolean leads(Message message, byte[] bytes) {
    byte[] vector = message.getHeader(HEADER, byte[].class);
    return vector != null && Arrays.equals(vector, of(bytes));
  }

  /** The vector at the start of these bytes; empty if there is none. */
  static byte[] of(byte[] sealed) {
    ByteBuffer bytes = ByteBuffer.wrap(sealed);
    if (sealed.length <= Integer.BYTES + BYTES || bytes.getInt() != BYTES) {
      return new byte[0];
    }
    byte[] vector = new byte[BYTES];
    bytes.get(vector);
    return vector;
  }
}
