package net.insightpulseai.bridge.encryption;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.converter.crypto.CryptoDataFormat;
import org.apache.camel.support.DefaultExchange;

/**
 * Encrypts and decrypts for one purpose, with camel-crypto: AES-256 in CBC mode behind a random
 * initialization vector, and an HMAC-SHA256 that reveals an altered text.
 */
public final class Encryption {

  private final CamelContext camel;
  private final FreshInitVector freshInitVector;
  private final String purpose;
  private final List<EncryptionKey> keys;

  Encryption(
      CamelContext camel,
      FreshInitVector freshInitVector,
      EncryptionSettings settings,
      String purpose) {
    this.camel = camel;
    this.freshInitVector = freshInitVector;
    this.purpose = purpose;
    this.keys = settings.keys();
  }

  /** Whether there is a key to encrypt with; routes call this. */
  public boolean available() {
    return !keys.isEmpty();
  }

  /**
   * Names the key that encrypts now.
   *
   * @throws IllegalStateException if there is none
   */
  public String keyId() {
    return current().id();
  }

  /**
   * Encrypts; the result differs each time.
   *
   * @throws IllegalStateException if there is no key
   */
  public Sealed seal(byte[] plain) {
    EncryptionKey key = current();
    Exchange exchange = new DefaultExchange(camel);
    freshInitVector.process(exchange);
    ByteArrayOutputStream sealed = new ByteArrayOutputStream(plain.length + 100);
    try {
      format(key).marshal(exchange, plain, sealed);
    } catch (Exception e) {
      throw new IllegalStateException("nothing can be encrypted in this Java", e);
    }
    return new Sealed(sealed.toByteArray(), key.id());
  }

  /**
   * Decrypts.
   *
   * @throws CannotOpen if the key is missing, or the bytes were altered
   */
  public byte[] open(byte[] sealed, String keyId) {
    EncryptionKey key =
        keys.stream()
            .filter(one -> one.id().equals(keyId))
            .findFirst()
            .orElseThrow(() -> CannotOpen.keyMissing(keyId));
    // The data format reads the vector's length from the bytes and allocates that much memory.
    if (FreshInitVector.of(sealed).length == 0) {
      throw CannotOpen.altered(keyId);
    }
    try {
      Exchange exchange = new DefaultExchange(camel);
      CryptoDataFormat format = format(key);
      // Camel's ring buffer fails when it is full, as with any text longer than the buffer.
      format.setBufferSize(Math.max(format.getBufferSize(), sealed.length));
      Object plain = format.unmarshal(exchange, new ByteArrayInputStream(sealed));
      return camel.getTypeConverter().mandatoryConvertTo(byte[].class, exchange, plain);
    } catch (Exception e) {
      throw CannotOpen.altered(keyId);
    }
  }

  /** The data format that encrypts in a route, after {@code freshInitVector}. */
  CryptoDataFormat format() {
    return keys.isEmpty() ? new CryptoDataFormat() : format(current());
  }

  private CryptoDataFormat format(EncryptionKey key) {
    CryptoDataFormat format = new CryptoDataFormat("AES/CBC/PKCS5Padding", key.forPurpose(purpose));
    format.setShouldInlineInitializationVector(true);
    format.setMacAlgorithm("HmacSHA256");
    format.setShouldAppendHMAC(true);
    return format;
  }

  private EncryptionKey current() {
    if (keys.isEmpty()) {
      throw new IllegalStateException("bridge.encryption-key is not set");
    }
    return keys.get(0);
  }
}
