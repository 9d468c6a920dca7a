package net.insightpulseai.bridge.access;

import java.util.Locale;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.GatewayRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that a caller sent.
 *
 * @param bearer from {@code Authorization: Bearer …}
 * @param apikey from the header {@code apikey}, which Supabase's clients always send
 */
record Credentials(@Nullable String bearer, @Nullable String apikey) {

  private static final String SCHEME = "bearer ";

  /**
   * Reads the headers.
   *
   * @throws GatewayRefusal if there is neither, or an Authorization of another kind alone
   */
  static Credentials of(ClientRequest request) {
    String authorization = request.singleHeader("authorization");
    String apikey = request.singleHeader("apikey");
    if (authorization == null && apikey == null) {
      throw new GatewayRefusal(401, "UNAUTHORIZED_NO_AUTH_HEADER", "Missing authorization header");
    }
    String bearer = bearer(authorization);
    if (bearer == null && apikey == null) {
      throw new GatewayRefusal(
          401, "UNAUTHORIZED_INVALID_JWT_FORMAT", "Auth header is not 'Bearer {token}'");
    }
    return new Credentials(bearer, apikey);
  }

  /**
   * The one that counts if both were sent. As in Supabase, the token says who calls and the key
   * only which project is meant: a service key that got into a browser does not make its user the
   * service.
   */
  String token() {
    if (bearer != null) {
      return bearer;
    }
    return apikey != null ? apikey : "";
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return null;
    }
    return authorization.substring(SCHEME.length()).strip();
  }
}
