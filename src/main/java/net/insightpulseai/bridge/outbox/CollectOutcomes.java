package net.insightpulseai.bridge.outbox;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Ends the part of a split group that was about one row: {@code aggregationStrategy:
 * "#keepOutcome"}. Also of a part that failed: its failure is the row's and nobody else's.
 */
@Component("keepOutcome")
class CollectOutcomes implements AggregationStrategy {

  @Override
  public @Nullable Exchange aggregate(@Nullable Exchange before, Exchange part) {
    RowBatch.of(part).keep(part);
    return null;
  }
}
