package net.insightpulseai.bridge.signature;

import com.fasterxml.jackson.databind.JsonNode;
import net.insightpulseai.bridge.http.Refusal;

/**
 * The endpoint that a signed body is for. All endpoints share one secret, so a body that was
 * captured on its way to one could be sent to another, unless it names its audience. A body without
 * one is valid in the original contract and passes.
 */
public final class Audience {

  /** {@code /functions/v1/odoo_event_ingest}. */
  public static final String INGEST = "bridge.ingest";

  /** {@code /bridge/event}. */
  public static final String EVENT = "bridge.event";

  /** {@code /bridge/replay}. */
  public static final String REPLAY = "bridge.replay";

  /** {@code /functions/v1/push_to_odoo} and {@code /bridge/apply}. */
  public static final String APPLY = "bridge.apply";

  /** {@code /webhooks/supabase}. */
  public static final String WEBHOOK = "bridge.webhook";

  /** Odoo's {@code /api/agent/apply}. */
  public static final String ODOO_APPLY = "odoo.apply";

  /** Odoo's {@code /api/agent/event_push}. */
  public static final String ODOO_EVENT_PUSH = "odoo.event_push";

  private static final String FIELD = "audience";

  private Audience() {}

  /**
   * Refuses a body that is for another endpoint.
   *
   * @param body the parsed body, of any JSON type
   * @param endpoint one of this class's names
   * @throws Refusal 401 {@code wrong_audience}
   */
  public static void require(JsonNode body, String endpoint) {
    JsonNode audience = body.path(FIELD);
    if (!audience.isMissingNode() && !audience.isNull() && !endpoint.equals(audience.textValue())) {
      throw new Refusal(
          401,
          "wrong_audience",
          "The body is signed for another audience; the audience of this endpoint is " + endpoint);
    }
  }
}
