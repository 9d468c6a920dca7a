package net.insightpulseai.bridge.heartbeat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Keeps how long the last answered heartbeat took each way, and how long ago that was. */
@Component("timeHeartbeat")
class TimeHeartbeat implements Processor {

  private volatile Map<?, ?> last = Map.of();

  TimeHeartbeat(MeterRegistry meters) {
    for (String direction : List.of("to_odoo", "from_odoo")) {
      Gauge.builder("bridge.heartbeat", () -> seconds(direction))
          .description("How long the last answered heartbeat took on this way")
          .baseUnit("seconds")
          .tag("direction", direction)
          .register(meters);
    }
    Gauge.builder("bridge.heartbeat.age", () -> seconds("age"))
        .description("How long ago Odoo's last answer to a heartbeat was stored")
        .baseUnit("seconds")
        .register(meters);
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    List<?> rows = exchange.getMessage().getMandatoryBody(List.class);
    last = rows.isEmpty() ? Map.of() : (Map<?, ?>) rows.get(0);
  }

  /** NaN before the first answer, and where there is no heartbeat. */
  private double seconds(String column) {
    return last.get(column) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
