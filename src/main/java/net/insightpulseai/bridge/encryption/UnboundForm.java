package net.insightpulseai.bridge.encryption;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.converter.crypto.CryptoDataFormat;
import org.apache.camel.support.DefaultExchange;

/**
 * Reads the first form, camel-crypto's: AES-256 in CBC mode behind an initialization vector, and an
 * HMAC-SHA256. It is bound to a purpose but to no row. Nothing is written in it any more.
 */
final class UnboundForm {

  private static final int VECTOR_BYTES = 16;

  private final CamelContext camel;
  private final String purpose;

  UnboundForm(CamelContext camel, String purpose) {
    this.camel = camel;
    this.purpose = purpose;
  }

  /**
   * Decrypts.
   *
   * @throws CannotOpen if the bytes were altered
   */
  byte[] open(byte[] sealed, EncryptionKey key) {
    // The data format reads the vector's length from the bytes and allocates that much memory.
    if (sealed.length <= Integer.BYTES + VECTOR_BYTES
        || ByteBuffer.wrap(sealed).getInt() != VECTOR_BYTES) {
      throw CannotOpen.altered(key.id());
    }
    try {
      Exchange exchange = new DefaultExchange(camel);
      CryptoDataFormat format =
          new CryptoDataFormat("AES/CBC/PKCS5Padding", key.forPurpose(purpose));
      format.setShouldInlineInitializationVector(true);
      format.setMacAlgorithm("HmacSHA256");
      format.setShouldAppendHMAC(true);
      // Camel's ring buffer fails when it is full, as with any text longer than the buffer.
      format.setBufferSize(Math.max(format.getBufferSize(), sealed.length));
      Object plain = format.unmarshal(exchange, new ByteArrayInputStream(sealed));
      return camel.getTypeConverter().mandatoryConvertTo(byte[].class, exchange, plain);
    } catch (Exception e) {
      throw CannotOpen.altered(key.id());
    }
  }
}
