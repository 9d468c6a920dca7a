package net.insightpulseai.bridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import net.insightpulseai.bridge.config.BaseUrl;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Supabase project and its keys.
 *
 * @param url the project's base URL; if empty, nothing of the project is called
 * @param serviceRoleKey gives access to every look-up and act
 * @param secretKeys further keys with the same access
 * @param jwtSecret verifies HS256 tokens
 * @param jwks a URL or a JSON key set; verifies ES256 and RS256 tokens
 * @param verifyJwt whether signed requests need a valid token as well
 * @param webhookSecret the {@code x-webhook-secret} of a Database Webhook
 */
@ConfigurationProperties("bridge.supabase")
public record SupabaseSettings(
    @DefaultValue("") String url,
    @DefaultValue("") String serviceRoleKey,
    @DefaultValue List<String> secretKeys,
    @DefaultValue("") String jwtSecret,
    @DefaultValue("") String jwks,
    @DefaultValue("false") boolean verifyJwt,
    @DefaultValue("") String webhookSecret) {

  // RFC 7518 §3.2: a shorter one can be guessed from any token.
  private static final int SHORTEST_JWT_SECRET = 32;

  public SupabaseSettings {
    url = BaseUrl.of("bridge.supabase.url (SUPABASE_URL)", url, "https://<ref>.supabase.co");
    secretKeys = secretKeys.stream().filter(key -> !key.isBlank()).toList();
    int length = jwtSecret.getBytes(UTF_8).length;
    if (length > 0 && length < SHORTEST_JWT_SECRET) {
      throw new StartRefused(
          "bridge.supabase.jwt-secret (JWT_SECRET) has "
              + length
              + " bytes; expected at least 32, as the project's API settings show it");
    }
    if (verifyJwt && jwtSecret.isBlank() && jwks.isBlank()) {
      throw new StartRefused(
          "bridge.supabase.verify-jwt is true, but nothing can verify a token; set JWT_SECRET or"
              + " SUPABASE_JWKS, or set bridge.supabase.verify-jwt to false");
    }
  }

  /** Whether there is a key or a way to verify tokens; without, nobody has service access. */
  public boolean acceptsCallers() {
    return !ownKey().isEmpty() || !jwtSecret.isBlank() || !jwks.isBlank();
  }

  /** The key that the bridge itself calls the project with: the first one, or empty. */
  public String ownKey() {
    String key = serviceRoleKey.strip();
    return key.isEmpty() && !secretKeys.isEmpty() ? secretKeys.get(0).strip() : key;
  }

  /** Without the keys: settings may end up in a log. */
  @Override
  public String toString() {
    return "SupabaseSettings[" + url + "]";
  }
}
