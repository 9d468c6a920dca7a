package net.insightpulseai.bridge.reload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import net.insightpulseai.bridge.routecheck.RouteFile;

/**
 * All route files as they are at one time.
 *
 * @param hash the same for the same names and contents, on every replica
 * @param at when they were applied
 * @param change what was different from those before, in words
 */
record RouteVersion(List<RouteFile> files, String hash, Instant at, String change) {

  private static final int SHOWN = 12;

  static RouteVersion of(List<RouteFile> files, Instant at, String change) {
    return new RouteVersion(List.copyOf(files), hash(files), at, change);
  }

  static String hash(List<RouteFile> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (RouteFile file : files) {
        byte[] text = file.text().getBytes(UTF_8);
        digest.update((file.name() + '\0' + text.length + '\0').getBytes(UTF_8));
        digest.update(text);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
