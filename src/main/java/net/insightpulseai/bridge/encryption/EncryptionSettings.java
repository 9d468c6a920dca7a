package net.insightpulseai.bridge.encryption;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys of encryption at rest.
 *
 * @param encryptionKey each 32 bytes in base64; the first encrypts, all decrypt; without one
 *     nothing is encrypted
 */
@ConfigurationProperties("bridge")
public record EncryptionSettings(@DefaultValue List<String> encryptionKey) {

  private static final String KEY = "bridge.encryption-key (BRIDGE_ENCRYPTION_KEY)";

  public EncryptionSettings {
    encryptionKey = encryptionKey.stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
    for (int i = 0; i < encryptionKey.size(); i++) {
      if (decoded(encryptionKey.get(i)).length != EncryptionKey.BYTES) {
        throw new StartRefused(
            KEY,
            "an invalid key (%d of %d, not shown)".formatted(i + 1, encryptionKey.size()),
            "32 random bytes in base64, as printed by: openssl rand -base64 32");
      }
    }
  }

  List<EncryptionKey> keys() {
    List<EncryptionKey> keys = new ArrayList<>();
    encryptionKey.forEach(text -> keys.add(new EncryptionKey(decoded(text))));
    return keys;
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Without the keys: settings may end up in a log. */
  @Override
  public String toString() {
    return "EncryptionSettings[" + encryptionKey.size() + " keys]";
  }
}
