package net.insightpulseai.bridge.action;

import org.jspecify.annotations.Nullable;

/**
 * The final outcome of an action.
 *
 * @param status {@code applied} or {@code error}
 * @param error the error for operators
 * @param responseStatus Odoo's last answer, if it gave one
 * @param responseBody its body
 * @param reason the reason code of its dead letter, if there is one
 */
record ActionOutcome(
    long id,
    String status,
    @Nullable String error,
    @Nullable Integer responseStatus,
    @Nullable String responseBody,
    @Nullable String reason) {

  boolean applied() {
    return status.equals("applied");
  }
}
