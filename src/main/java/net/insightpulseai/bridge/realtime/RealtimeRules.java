package net.insightpulseai.bridge.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.Excerpt;
import net.insightpulseai.bridge.answer.RetryAfter;
import net.insightpulseai.bridge.delivery.DeliveryRules;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import net.insightpulseai.bridge.outbox.TargetLimits;
import net.insightpulseai.bridge.outbox.TargetStates.Stop;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.springframework.stereotype.Component;

/**
 * What Realtime's answers mean. A wrong key or address affects every message: it pauses the
 * subscriber, so that nothing is lost until an operator has corrected it.
 */
@Component
class RealtimeRules implements DeliveryRules {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RealtimeSettings settings;
  private final RealtimeThrottle throttle;
  private final AnswerPolicy policy;

  RealtimeRules(RealtimeSettings settings, RealtimeThrottle throttle) {
    this.settings = settings;
    this.throttle = throttle;
    this.policy = new AnswerPolicy(new RetrySchedule(settings.retrySchedule(), new Random()));
  }

  @Override
  public Subscriber.Kind kind() {
    return Subscriber.Kind.REALTIME;
  }

  @Override
  public AnswerPolicy policy() {
    return policy;
  }

  @Override
  public TargetLimits.Limits limits(Subscriber subscriber) {
    Integer own = subscriber.rate();
    int normal = own != null ? own : settings.rate();
    return new TargetLimits.Limits(subscriber.slots(), throttle.limit(subscriber.target(), normal));
  }

  @Override
  public Outcome judge(Answer answer, Instant now) {
    int status = answer.status();
    if (status >= 200 && status <= 299) {
      return Outcome.done("ok");
    }
    JsonNode body = read(answer);
    String error = error(status, body);
    Duration asked = RetryAfter.read(answer.retryAfter(), now);
    return switch (status) {
      case 401 ->
          parked("unauthorized", error, "SUPABASE_SERVICE_ROLE_KEY must be a key of SUPABASE_URL");
      case 402, 403, 540 ->
          parked(
              "forbidden",
              error,
              "check the project's state, and that the key is a service role's");
      case 404, 405 -> parked("not_found", error, "there is no Realtime at SUPABASE_URL");
      case 408, 425 -> Outcome.retry("unavailable", error).notBefore(asked);
      case 413 -> tooLarge(error);
      case 422 -> {
        if (isTooLarge(answer)) {
          yield tooLarge(error);
        }
        // Without "errors" it concerns the project's database, which may be starting.
        yield body.has("errors")
            ? Outcome.dead("rejected", error)
            : Outcome.retry("unavailable", error).notBefore(asked);
      }
      case 429 -> Outcome.throttled("throttled", error, asked == null ? Duration.ZERO : asked);
      default -> {
        if (status < 400) {
          yield parked("redirected", error, "it is never followed: update SUPABASE_URL");
        }
        yield status < 500
            ? Outcome.dead("rejected", error)
            : Outcome.retry("unavailable", error).notBefore(asked);
      }
    };
  }

  /** Whether the message is too large for the server, whatever the setting is. */
  static boolean isTooLarge(Answer answer) {
    return answer.status() == 413
        || (answer.status() == 422 && answer.body().contains("Payload size exceeds"));
  }

  private static Failed tooLarge(String error) {
    return Outcome.dead("too_large", error + "; it was already sent without its content");
  }

  private static Failed parked(String reason, String error, String remedy) {
    return Outcome.park(Stop.PAUSED, reason, "Realtime: " + error + "; " + remedy);
  }

  private static String error(int status, JsonNode body) {
    String message = body.path("message").asText(body.path("error").asText(""));
    if (body.has("errors")) {
      message = body.get("errors").toString();
    }
    return Excerpt.line("status " + status + (message.isEmpty() ? "" : ": " + message));
  }

  private static JsonNode read(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
