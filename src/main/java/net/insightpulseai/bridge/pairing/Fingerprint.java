package net.insightpulseai.bridge.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.database.DatabaseAddress;
import org.jspecify.annotations.Nullable;

/**
 * Identifies one database among all its copies.
 *
 * @param full over all facts; null where the server's own identifier is denied
 * @param partial over those that are never denied
 */
public record Fingerprint(@Nullable String full, String partial) {

  /**
   * Supabase restores and clones by copying files, so only the project distinguishes the copies.
   */
  private static final Pattern DIRECT = Pattern.compile("db\\.([a-z0-9]+)\\.supabase\\.(?:co|red)");

  private static final Pattern POOLER = Pattern.compile(".*\\.pooler\\.supabase\\.(?:com|green)");

  /**
   * @param database its name
   * @param number its oid
   * @param server the cluster's system identifier; null if it is denied
   */
  static Fingerprint of(
      DatabaseAddress address, String database, String number, @Nullable String server) {
    String facts = project(address) + "\n" + database + "\n" + number;
    return new Fingerprint(server == null ? null : sha256(facts + "\n" + server), sha256(facts));
  }

  /** The value to store: as much as is known. */
  public String best() {
    return full == null ? partial : full;
  }

  /** Whether the stored value came from this database, whichever role stored it. */
  public boolean is(String stored) {
    return stored.equals(full) || stored.equals(partial);
  }

  /** The ref in db.{ref}.supabase.co, or in a pooler's user {role}.{ref}; else empty. */
  private static String project(DatabaseAddress address) {
    Matcher direct = DIRECT.matcher(address.host());
    if (direct.matches()) {
      return direct.group(1);
    }
    return POOLER.matcher(address.host()).matches()
        ? address.username().substring(address.username().lastIndexOf('.') + 1)
        : "";
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
