package net.insightpulseai.bridge.signature;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import net.insightpulseai.bridge.http.Refusal;
import org.springframework.stereotype.Component;

/**
 * The time at which a body was signed, if its signer put it there. The original contract's scheme
 * signs nothing else, so this is all that limits for how long a captured request can be sent again.
 */
@Component
public class BodyTimestamp {

  private static final String FIELD = "timestamp";

  private final SignatureSettings settings;
  private final Clock clock;

  BodyTimestamp(SignatureSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Refuses a body whose {@code timestamp}, in seconds since 1970, is too far from now. A body
   * without one passes, as does one of another type, which says nothing.
   *
   * @throws Refusal 401 {@code timestamp_outside_tolerance}
   */
  public void require(JsonNode body) {
    JsonNode timestamp = body.path(FIELD);
    if (!timestamp.isNumber()) {
      return;
    }
    double distance = Math.abs(clock.millis() / 1000.0 - timestamp.doubleValue());
    if (!(distance <= settings.tolerance().toSeconds())) {
      throw new Refusal(
          401,
          "timestamp_outside_tolerance",
          "The timestamp of the body is more than %d s from now; sign the request again"
              .formatted(settings.tolerance().toSeconds()));
    }
  }
}
