package net.insightpulseai.bridge.access;

import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.signature.TokenCheck;
import org.springframework.stereotype.Component;

/**
 * Does what {@code verify_jwt} of an edge function does: any valid token passes, even an anonymous
 * one. Off by default, because the signature authenticates the caller.
 */
@Component
class VerifyJwt implements TokenCheck {

  private final boolean wanted;
  private final ServiceAccess access;

  VerifyJwt(SupabaseSettings settings, ServiceAccess access) {
    this.wanted = settings.verifyJwt();
    this.access = access;
  }

  @Override
  public void check(ClientRequest request) {
    if (wanted) {
      access.role(request);
    }
  }
}
