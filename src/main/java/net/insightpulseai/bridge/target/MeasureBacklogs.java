package net.insightpulseai.bridge.target;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.outbox.CircuitBreakers;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * The rows of {@code sql/lookup/target_backlogs.sql} become metrics by target. Where the database
 * is away, the last values stay: the metrics of the database say so.
 */
@Component("measureBacklogs")
class MeasureBacklogs implements Processor {

  private final MultiGauge open;
  private final MultiGauge oldestDue;
  private final MultiGauge circuits;
  private final CircuitBreakers breakers;

  MeasureBacklogs(MeterRegistry meters, CircuitBreakers breakers) {
    this.breakers = breakers;
    this.open =
        MultiGauge.builder("bridge.target.rows")
            .description("Rows that are open for a target, up to 10000")
            .register(meters);
    this.oldestDue =
        MultiGauge.builder("bridge.target.oldest.due")
            .description("How long a target's oldest due row has been due; 0 if it is stopped")
            .baseUnit("seconds")
            .register(meters);
    this.circuits =
        MultiGauge.builder("bridge.target.circuit.open")
            .description("1 while this instance sends nothing to the target, as it does not answer")
            .register(meters);
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    List<MultiGauge.Row<?>> ages = new ArrayList<>();
    List<MultiGauge.Row<?>> broken = new ArrayList<>();
    for (Object one : exchange.getMessage().getMandatoryBody(List.class)) {
      Map<?, ?> row = (Map<?, ?>) one;
      String target = String.valueOf(row.get("target"));
      Tags tags = Tags.of("target", target, "subscriber", String.valueOf(row.get("subscriber")));
      rows.add(MultiGauge.Row.of(tags, (Number) row.get("open")));
      ages.add(MultiGauge.Row.of(tags, (Number) row.get("oldest_due")));
      broken.add(
          MultiGauge.Row.of(tags, () -> breakers.openCircuits().containsKey(target) ? 1 : 0));
    }
    open.register(rows, true);
    oldestDue.register(ages, true);
    circuits.register(broken, true);
  }
}
