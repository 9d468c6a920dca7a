package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * What came back over HTTP, as far as it was read.
 *
 * @param status the HTTP status
 * @param retryAfter the header {@code Retry-After} as it came
 * @param body at most {@link #KEPT_BYTES} of the body, fit to be stored
 * @param cut whether the body went on
 */
record Answer(int status, @Nullable String retryAfter, String body, boolean cut) {

  /** How much of a body is read and kept; the contract's answers are a few hundred bytes. */
  static final int KEPT_BYTES = 64 * 1024;

  /** The answer with these bytes of a body, which may be longer than what is kept. */
  static Answer of(int status, @Nullable String retryAfter, byte[] bytes) {
    boolean cut = bytes.length > KEPT_BYTES;
    // PostgreSQL's text cannot hold NUL, and one such answer would spoil the ack of a whole batch.
    String body =
        new String(bytes, 0, Math.min(bytes.length, KEPT_BYTES), UTF_8).replace('\0', '\ufffd');
    return new Answer(status, retryAfter, body, cut);
  }
}
