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
 * Names one database among all its copies.
 *
 * @param full over all facts; null where the server's own identifier is denied
 * @param partial over those that are never denied
 */
public record Fingerprint(@Nullable String full, String partial) {

  /** Supabase restores and clones by copying files, so that only the project tells its copies. */
  private static final Pattern PROJECT =
      Pattern.compile(
          "(?:db\\.(?<host>[a-z0-9]+)\\.supabase\\.(?:co|red)|postgres\\.(?<user>[a-z0-9]+))");

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

  /** What is stored: as much as is known. */
  public String best() {
    return full == null ? partial : full;
  }

  /** Whether this is the database of which that was stored, by whichever role. */
  public boolean is(String stored) {
    return stored.equals(full) || stored.equals(partial);
  }

  /** The project of db.{ref}.supabase.co, or of a pooler's user postgres.{ref}; else empty. */
  private static String project(DatabaseAddress address) {
    for (String text : new String[] {address.host(), address.username()}) {
      Matcher found = PROJECT.matcher(text);
      if (found.matches()) {
        return found.group("host") != null ? found.group("host") : found.group("user");
      }
    }
    return "";
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
