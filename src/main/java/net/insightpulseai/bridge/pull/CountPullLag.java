package net.insightpulseai.bridge.pull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * The rows of {@code sql/pull/lag.sql} become a metric. Where the database is away, the last values
 * stay: the metrics of the database say so.
 */
@Component("countPullLag")
class CountPullLag implements Processor {

  private final MultiGauge age;

  CountPullLag(MeterRegistry meters) {
    this.age =
        MultiGauge.builder("bridge.pull.age")
            .description(
                "Age of the first event behind the position of a pull subscriber, matching or not;"
                    + " of the hundred that are furthest behind")
            .baseUnit("seconds")
            .register(meters);
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Object one : exchange.getMessage().getMandatoryBody(List.class)) {
      Map<?, ?> row = (Map<?, ?>) one;
      Tags tags = Tags.of("subscriber", String.valueOf(row.get("name")));
      rows.add(
          MultiGauge.Row.of(tags, row.get("age") instanceof Number age ? age.doubleValue() : 0));
    }
    age.register(rows, true);
  }
}
