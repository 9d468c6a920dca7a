package net.insightpulseai.bridge.outbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one claim.
 *
 * @param rows leased to this instance, to be sent each alone
 * @param batchable likewise, but these may share a call
 * @param unsendable leased too, with the outcome they get without being sent
 * @param next where the walk through the lanes goes on, or null if it reached its end
 */
record Claim(
    List<ClaimedRow> rows,
    List<ClaimedRow> batchable,
    List<Ack> unsendable,
    @Nullable LaneCursor next) {}
