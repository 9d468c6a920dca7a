package net.insightpulseai.bridge.access;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * A service key that only this process knows, made anew at each start. With it the management port
 * calls the bridge's own operations, also where no service key is configured.
 */
@Component
public class OwnKey {

  private static final int BYTES = 32;

  private final String value;

  OwnKey() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    value = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** The key, to be sent as {@code apikey} to this process and nowhere else. */
  public String value() {
    return value;
  }

  @Override
  public String toString() {
    return "OwnKey";
  }
}
