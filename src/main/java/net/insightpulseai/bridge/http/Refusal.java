package net.insightpulseai.bridge.http;

import java.util.Objects;

/** Refuses a request; the route configuration {@code http-errors} answers it. */
public class Refusal extends RuntimeException {

  private final int status;
  private final String code;
  private final int retryAfterSeconds;

  /**
   * @param status the HTTP status, 4xx or 503
   * @param code a stable code for programs, as in {@code invalid_signature}
   * @param message one sentence for people, sent to the caller: what was wrong and what was
   *     expected
   */
  public Refusal(int status, String code, String message) {
    this(status, code, message, 0);
  }

  private Refusal(int status, String code, String message, int retryAfterSeconds) {
    // No stack trace: a refusal is an answer, not a fault, and there may be thousands per second.
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The bridge itself cannot serve the request now: 503 with {@code Retry-After}. */
  public static Refusal unavailable(String code, String message, int retryAfterSeconds) {
    return new Refusal(503, code, message, retryAfterSeconds);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** Seconds until the caller may try again; 0 means that the answer does not name a time. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
