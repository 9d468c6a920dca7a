package net.insightpulseai.bridge.outbox;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong in an attempt.
 *
 * @param reason a stable word for it, such as {@code timeout} or {@code rejected}
 * @param error what an operator reads; never a secret, never a request body
 * @param suspect the target may be at fault rather than the row: the engine probes it before the
 *     outcome counts
 * @param response the answer, if one came
 */
public record Failure(String reason, String error, boolean suspect, @Nullable Response response) {

  static Failure of(String reason, String error) {
    return new Failure(reason, error, false, null);
  }

  Failure suspected() {
    return new Failure(reason, error, true, response);
  }

  Failure answered(Response answer) {
    return new Failure(reason, error, suspect, answer);
  }
}
