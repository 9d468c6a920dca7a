package net.insightpulseai.bridge.signature;

import org.springframework.stereotype.Component;

/** Signs what the bridge sends to Odoo. */
@Component
public class OutboundSignature {

  private final String secret;

  public OutboundSignature(SignatureSettings settings) {
    this.secret = settings.outboundSecret();
  }

  /**
   * The value of {@code x-signature} for a body.
   *
   * @param body the very bytes that are sent
   * @throws IllegalStateException if there is no secret to sign with
   */
  public String of(byte[] body) {
    if (secret.isEmpty()) {
      throw new IllegalStateException(
          "bridge.signature.outbound-secret is empty, so nothing can be signed; set EDGE_HMAC_SECRET"
              + " or BRIDGE_OUTBOUND_SECRET");
    }
    return HmacSha256.hex(secret, body);
  }
}
