package net.insightpulseai.bridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/**
 * The configured keys and the own one; a key is accepted if it equals one of them, a blank one
 * never.
 */
final class ServiceKeys {

  private final List<byte[]> keys;

  ServiceKeys(SupabaseSettings settings, OwnKey own) {
    this.keys =
        Stream.concat(
                Stream.of(settings.serviceRoleKey(), own.value()), settings.secretKeys().stream())
            .filter(key -> !key.isBlank())
            .map(key -> key.getBytes(UTF_8))
            .toList();
  }

  boolean accept(String given) {
    byte[] bytes = given.getBytes(UTF_8);
    boolean matches = false;
    for (byte[] key : keys) {
      matches |= MessageDigest.isEqual(key, bytes);
    }
    return matches;
  }
}
