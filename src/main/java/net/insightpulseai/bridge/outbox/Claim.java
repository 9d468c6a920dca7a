package net.insightpulseai.bridge.outbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one claim brought.
 *
 * @param rows leased to this instance
 * @param expired leased too, but past their {@code not_after}: not to be sent any more
 * @param scannedTo the lane up to which the scan came, or null if it saw the last one
 */
record Claim(List<ClaimedRow> rows, List<ClaimedRow> expired, @Nullable String scannedTo) {}
