package net.insightpulseai.bridge.access;

import java.util.function.Predicate;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.GatewayRefusal;
import org.springframework.stereotype.Component;

/** Authenticates a caller by its key or token. */
@Component
public class ServiceAccess {

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
   * Refuses a caller that has neither service access nor a key of its own for what it asks for.
   *
   * @param own whether a key is one; asked with the key that counts, unless that is a service key
   * @throws GatewayRefusal 401 for missing or bad credentials, 403 for those of another role
   */
  public void require(ClientRequest request, Predicate<String> own) {
    String token = Credentials.of(request).token();
    if (!keys.accept(token) && !own.test(token)) {
      require(request);
    }
  }

  /**
   * Whether the caller's key is a service key, without a look at tokens.
   *
   * @throws GatewayRefusal 401 if it has sent no credentials
   */
  public boolean hasServiceKey(ClientRequest request) {
    return keys.accept(Credentials.of(request).token());
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
