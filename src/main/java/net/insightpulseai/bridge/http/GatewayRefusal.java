package net.insightpulseai.bridge.http;

/**
 * A refusal in the form of Supabase's gateway: JSON {@code {code, message, msg}} and the header
 * {@code sb-error-code}, which clients of edge functions can read.
 */
public final class GatewayRefusal extends Refusal {

  /**
   * @param status the HTTP status, 4xx
   * @param code the gateway's code, as in {@code UNAUTHORIZED_NO_AUTH_HEADER}
   * @param message the gateway's message
   */
  public GatewayRefusal(int status, String code, String message) {
    super(status, code, message);
  }
}
