package net.insightpulseai.bridge.access;

import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.signature.TokenCheck;
import org.springframework.stereotype.Component;

/**
 * Does what {@code verify_jwt} of an edge function does: any valid token passes, an anonymous one
 * too. Off unless asked for, because the signature is the gate.
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
