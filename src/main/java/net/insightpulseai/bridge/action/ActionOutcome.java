package net.insightpulseai.bridge.action;

import org.jspecify.annotations.Nullable;

/**
 * What has finally become of an action.
 *
 * @param status {@code applied} or {@code error}
 * @param error what an operator reads
 * @param responseStatus Odoo's last answer, if it gave one
 * @param responseBody its body
 * @param reason the stable word of its dead letter, if there is one
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
