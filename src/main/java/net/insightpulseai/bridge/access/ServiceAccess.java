package net.insightpulseai.bridge.access;

import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.GatewayRefusal;
import org.springframework.stereotype.Component;

/** Authenticates a caller by its key or token. */
@Component
class ServiceAccess {

  private static final String SERVICE_ROLE = "service_role";

  private final ServiceKeys keys;
  private final VerifiedToken tokens;

  ServiceAccess(SupabaseSettings settings, OwnKey own, VerifiedToken tokens) {
    this.keys = new ServiceKeys(settings, own);
    this.tokens = tokens;
  }

  /**
   * Refuses a caller without service access.
   *
   * @throws GatewayRefusal 401 for missing or bad credentials, 403 for those of another role
   */
  void require(ClientRequest request) {
    if (!role(request).equals(SERVICE_ROLE)) {
      throw new GatewayRefusal(
          403,
          "FORBIDDEN",
          "This needs the service role key, a secret key or a service_role token");
    }
  }

  /**
   * The caller's role, {@code service_role} for a key.
   *
   * @throws GatewayRefusal 401 for missing or bad credentials
   */
  String role(ClientRequest request) {
    String token = Credentials.of(request).token();
    return keys.accept(token) ? SERVICE_ROLE : tokens.role(token);
  }
}
