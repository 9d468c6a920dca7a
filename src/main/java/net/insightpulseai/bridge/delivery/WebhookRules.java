package net.insightpulseai.bridge.delivery;

import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.Excerpt;
import net.insightpulseai.bridge.answer.FailureRules;
import net.insightpulseai.bridge.answer.RetryAfter;
import net.insightpulseai.bridge.egress.EgressRefused;
import net.insightpulseai.bridge.outbox.Done;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.TargetStates.Stop;
import net.insightpulseai.bridge.outbox.TargetStop;
import net.insightpulseai.bridge.subscriber.NoLiveSecret;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a webhook's answer means: a pure function; the table of its test is the specification.
 *
 * <p>A subscriber has no ping, so every failure counts as an attempt of its row, over about three
 * days. Only an explicit answer of the subscriber ends a delivery earlier.
 */
@Component
class WebhookRules implements DeliveryRules {

  private static final String CONTROL = "webhook-delivery";

  private final AnswerPolicy policy;

  WebhookRules(AnswerPolicy webhookAnswerPolicy) {
    this.policy = webhookAnswerPolicy;
  }

  @Override
  public Subscriber.Kind kind() {
    return Subscriber.Kind.WEBHOOK;
  }

  @Override
  public AnswerPolicy policy() {
    return policy;
  }

  @Override
  public Outcome judge(Answer answer, Instant now) {
    int status = answer.status();
    boolean success = status >= 200 && status <= 299;
    switch (control(answer)) {
      case "disable" -> {
        String why = "its answer contained " + CONTROL + ": disable";
        return success
            ? new Done("disabled", new TargetStop(Stop.DISABLED, why), null)
            : Outcome.park(Stop.DISABLED, "disabled", why + "; " + error(answer));
      }
      case "abort-message" -> {
        if (!success) {
          return Outcome.dead(
              "aborted", "its answer contained " + CONTROL + ": abort-message; " + error(answer));
        }
      }
      default -> {
        // no known control word
      }
    }
    if (success) {
      return Outcome.done(status == 202 ? "accepted" : "ok");
    }
    return refused(status, error(answer), RetryAfter.read(answer.retryAfter(), now));
  }

  private static String error(Answer answer) {
    String body = Excerpt.line(answer.body());
    return "status " + answer.status() + (body.isEmpty() ? "" : ": " + body);
  }

  private static Failed refused(int status, String error, @Nullable Duration asked) {
    return switch (status) {
      case 410 -> Outcome.park(Stop.DISABLED, "gone", error);
      // The route has already sent the thin form, unless the first was thin.
      case 413 -> Outcome.dead("too_large", error + "; it was already sent in thin form");
      case 401, 403 -> Outcome.retry("unauthorized", error).notBefore(asked);
      case 404 -> Outcome.retry("not_found", error).notBefore(asked);
      case 408 -> Outcome.retry(Outcome.TIMEOUT, error).notBefore(asked);
      case 429 -> Outcome.throttled("throttled", error, asked).notBefore(RetryAfter.orPause(asked));
      case 502, 504 -> Outcome.retry("unavailable", error).notBefore(asked);
      case 503 -> Outcome.throttled("unavailable", error, asked);
      default -> {
        if (status >= 300 && status < 400) {
          yield Outcome.retry(
              "redirected", error + "; it is never followed: update the subscriber's url");
        }
        yield Outcome.retry(status >= 500 ? "server_error" : "refused", error).notBefore(asked);
      }
    };
  }

  private static String control(Answer answer) {
    String header = answer.header(CONTROL);
    return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public Failed judge(Throwable failure) {
    if (failure instanceof EgressRefused) {
      return Outcome.retry(
          "egress_refused",
          Excerpt.line("the bridge itself refuses to call it: " + failure.getMessage()));
    }
    if (failure instanceof UnknownHostException) {
      return Outcome.retry("dns", Excerpt.line(String.valueOf(failure.getMessage())));
    }
    if (failure instanceof NoLiveSecret) {
      return Outcome.park(Stop.PAUSED, "no_live_secret", String.valueOf(failure.getMessage()));
    }
    return FailureRules.judge(failure);
  }
}
