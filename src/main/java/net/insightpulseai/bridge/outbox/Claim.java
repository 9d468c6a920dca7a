package net.insightpulseai.bridge.outbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one claim brought.
 *
 * @param rows leased to this instance, to be sent, each alone
 * @param batchable the same, but these may share a call
 * @param unsendable leased too, with the outcome they have without being sent
 * @param scannedTo the lane up to which the scan came, or null if it saw the last one
 */
record Claim(
    List<ClaimedRow> rows,
    List<ClaimedRow> batchable,
    List<Ack> unsendable,
    @Nullable String scannedTo) {}
