package net.insightpulseai.bridge.encryption;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** What the routes of a test need to encrypt, outside Spring. */
public final class TestEncryption {

  public static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private TestEncryption() {}

  /**
   * Binds the beans that the route {@code dead-letter} names, and returns what opens its letters.
   */
  public static Encryption bind(CamelContext camel, String... keys) {
    EncryptionSettings settings = new EncryptionSettings(List.of(keys));
    Encryption encryption = new Encryption(camel, settings, "dead letter");
    Registry registry = camel.getRegistry();
    registry.bind("deadLetterEncryption", encryption);
    return encryption;
  }
}
