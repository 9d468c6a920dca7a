package net.insightpulseai.bridge.signature;

import net.insightpulseai.bridge.http.ClientRequest;

/** What a signed request needs besides its signature, where the operator asks for it. */
public interface TokenCheck {

  /**
   * Looks at the headers only.
   *
   * @throws net.insightpulseai.bridge.http.Refusal if the token is missing or bad
   */
  void check(ClientRequest request);
}
