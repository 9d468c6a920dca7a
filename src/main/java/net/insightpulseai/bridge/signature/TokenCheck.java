package net.insightpulseai.bridge.signature;

import net.insightpulseai.bridge.http.ClientRequest;

/** A token that a signed request needs as well, if the settings ask for it. */
public interface TokenCheck {

  /**
   * Checks the headers only.
   *
   * @throws net.insightpulseai.bridge.http.Refusal if the token is missing or bad
   */
  void check(ClientRequest request);
}
