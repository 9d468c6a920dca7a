package net.insightpulseai.bridge.odoo;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.Excerpt;
import net.insightpulseai.bridge.answer.FailureRules;
import net.insightpulseai.bridge.answer.RetryAfter;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of {@code /api/agent/apply} means. A pure function: the test's table is its
 * specification.
 *
 * <p>A status alone proves little. Odoo's JSON-RPC routes answer everything with 200, and a proxy,
 * a database selector or a login page may answer in Odoo's place: only {@code ok: true} is success,
 * and only a refusal by the module itself is the row's own fault.
 */
final class AnswerRules {

  private static final String UNAUTHORIZED =
      "ODOO_API_TOKEN and EDGE_HMAC_SECRET must equal Odoo's ip.odoo.api_key and ip.hmac.secret,"
          + " and both clocks must agree within 5 minutes";

  /** The status that a code stands for where the real status is masked. */
  private static final Map<String, Integer> STATUS_OF_CODE =
      Map.ofEntries(
          Map.entry("unauthorized", 401),
          Map.entry("forbidden", 403),
          Map.entry("record_missing", 404),
          Map.entry("stale", 409),
          Map.entry("locked", 409),
          Map.entry("unknown_action", 422),
          Map.entry("idempotency_key_reused", 422),
          Map.entry("not_run", 425),
          Map.entry("not_paired", 503),
          Map.entry("throttled", 429),
          Map.entry("internal", 500),
          Map.entry("busy", 503));

  private AnswerRules() {}

  /**
   * @param answer what came back
   * @param now what a date in {@code Retry-After} is compared with
   */
  static Outcome judge(Answer answer, Instant now) {
    Reply reply = Reply.read(answer);
    Duration asked = RetryAfter.read(answer.retryAfter(), now);
    int status = answer.status();
    if (status < 200 || status > 299) {
      return refused(status, reply, reply.fromModule(), asked);
    }
    if (Boolean.TRUE.equals(reply.ok())) {
      return Outcome.done("ok");
    }
    if (Boolean.FALSE.equals(reply.ok())) {
      return refusedIn200(reply, asked);
    }
    if (reply.maskedStatus() >= 300) {
      return refused(reply.maskedStatus(), reply, true, asked);
    }
    if (reply.isRpcError()) {
      int meaning = reply.rpcStatus();
      return refused(meaning, reply, meaning == 422 || meaning == 500, asked);
    }
    return Outcome.retry("unexpected_answer", "status " + status + " without \"ok\":true")
        .suspected();
  }

  /**
   * What a missing answer means. After a time-out Odoo may still be working on the row: an
   * immediate retry would only add to its load.
   */
  static Failed judge(Throwable failure) {
    Failed judged = FailureRules.judge(failure);
    return judged.reason().equals(Outcome.TIMEOUT)
        ? judged.notBefore(FailureRules.OVERLOAD_PAUSE)
        : judged;
  }

  private static Failed refusedIn200(Reply reply, @Nullable Duration asked) {
    Integer status = reply.code() == null ? null : STATUS_OF_CODE.get(reply.code());
    // Without a known code, only "retryable" from the module itself justifies another try.
    return refused(status != null ? status : 422, reply, true, asked);
  }

  private static Failed refused(
      int status, Reply reply, boolean fromModule, @Nullable Duration asked) {
    String error = error(status, reply);
    if ("not_run".equals(reply.code())) {
      return Outcome.giveBack("not_run", error, Duration.ZERO).notBefore(asked);
    }
    if ("not_paired".equals(reply.code())) {
      // This concerns Odoo, not the action, which waits until an operator has paired the two again.
      return Outcome.giveBack("not_paired", error, RetryAfter.orPause(asked)).suspected();
    }
    return switch (status) {
      case 400, 413, 415, 422 -> {
        Failed rejected = rejected(reply, error, asked);
        // A proxy or one of Odoo's own pages may refuse every action this way: the ping finds out.
        yield fromModule ? rejected : rejected.suspected();
      }
      case 401 -> Outcome.retry("unauthorized", error + "; " + UNAUTHORIZED).suspected();
      case 409 ->
          fromModule && "locked".equals(reply.code())
              ? Outcome.throttled("locked", error, asked)
              : answered(fromModule, reply, error, asked);
      case 410 -> {
        Failed gone = Outcome.dead("gone", error);
        yield fromModule ? gone : gone.suspected();
      }
      case 408, 504 ->
          Outcome.retry(Outcome.TIMEOUT, error).suspected().notBefore(RetryAfter.orPause(asked));
      case 425 -> Outcome.retry("too_early", error).notBefore(asked);
      case 429 -> Outcome.throttled("throttled", error, RetryAfter.orPause(asked));
      case 502 ->
          Outcome.retry("unavailable", error).suspected().notBefore(RetryAfter.orPause(asked));
      case 503 -> Outcome.throttled("unavailable", error, asked).suspected();
      default -> {
        if (status < 400) {
          yield Outcome.retry(
                  "redirected", error + "; it is never followed: update bridge.odoo.base-url")
              .suspected();
        }
        if (status < 500) {
          yield answered(fromModule, reply, error, asked);
        }
        yield failed(fromModule, reply, error, asked);
      }
    };
  }

  /** A 4xx: final if it comes from the module; otherwise something in between answered. */
  private static Failed answered(
      boolean fromModule, Reply reply, String error, @Nullable Duration asked) {
    return fromModule
        ? rejected(reply, error, asked)
        : Outcome.retry("not_the_module", error).suspected().notBefore(asked);
  }

  private static Failed rejected(Reply reply, String error, @Nullable Duration asked) {
    return Boolean.TRUE.equals(reply.retryable())
        ? Outcome.retry("refused", error).notBefore(asked)
        : Outcome.dead("rejected", error);
  }

  private static Failed failed(
      boolean fromModule, Reply reply, String error, @Nullable Duration asked) {
    if (!fromModule) {
      return Outcome.retry("unavailable", error).suspected().notBefore(asked);
    }
    return Boolean.FALSE.equals(reply.retryable())
        ? Outcome.dead("rejected", error)
        : Outcome.retry("internal", error).notBefore(asked);
  }

  private static String error(int status, Reply reply) {
    String code = reply.code() == null ? "" : " " + reply.code();
    String message = reply.message().isEmpty() ? "" : ": " + reply.message();
    return Excerpt.line("status " + status + code + message);
  }
}
