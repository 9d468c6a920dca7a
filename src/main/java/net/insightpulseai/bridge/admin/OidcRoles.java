package net.insightpulseai.bridge.admin;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a person may do, by the claims of an ID token whose signature has been checked. */
final class OidcRoles {

  private static final String EMAIL = "email";

  private final OidcSettings settings;

  OidcRoles(OidcSettings settings) {
    this.settings = settings;
  }

  /** The greater of the roles that the claim gives; null if it gives none. */
  @Nullable Role of(Map<String, Object> claims) {
    Set<String> values = values(claims);
    if (values.stream().anyMatch(settings.operators()::contains)) {
      return Role.OPERATOR;
    }
    return values.stream().anyMatch(settings.viewers()::contains) ? Role.VIEWER : null;
  }

  private Set<String> values(Map<String, Object> claims) {
    if (settings.claim().equals(EMAIL) && !verified(claims)) {
      return Set.of();
    }
    Object claim = claims.get(settings.claim());
    if (claim == null) {
      claim = inside(claims, settings.claim().split("\\."));
    }
    Collection<?> given = List.of();
    if (claim instanceof Collection<?> many) {
      given = many;
    } else if (claim != null) {
      given = List.of(claim);
    }
    Set<String> values = new HashSet<>();
    for (Object one : given) {
      if (one instanceof String text) {
        values.add(text);
      }
    }
    return values;
  }

  private static @Nullable Object inside(Map<String, Object> claims, String... path) {
    Object found = claims;
    for (String name : path) {
      if (!(found instanceof Map<?, ?> object)) {
        return null;
      }
      found = object.get(name);
    }
    return found;
  }

  /**
   * The name that is recorded for what the person does. No login with a password can have it, and
   * nobody can choose it freely: an address that the provider has verified, or its own key.
   */
  static String name(Map<String, Object> claims) {
    Object email = claims.get(EMAIL);
    String name =
        email instanceof String && verified(claims)
            ? email.toString()
            : String.valueOf(claims.get("sub"));
    String printable = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "");
    return "oidc:" + printable.substring(0, Math.min(100, printable.length()));
  }

  private static boolean verified(Map<String, Object> claims) {
    return Boolean.TRUE.equals(claims.get("email_verified"));
  }
}
