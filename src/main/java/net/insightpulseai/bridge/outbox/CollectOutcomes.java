package net.insightpulseai.bridge.outbox;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Collects the outcome of one row after the split of a batch: {@code aggregationStrategy:
 * "#keepOutcome"}. If a part failed, the failure belongs to its row alone.
 */
@Component("keepOutcome")
class CollectOutcomes implements AggregationStrategy {

  @Override
  public @Nullable Exchange aggregate(@Nullable Exchange before, Exchange part) {
    RowBatch.of(part).keep(part);
    return null;
  }
}
