package net.insightpulseai.bridge.incident;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Keeps how many incidents are open, for Prometheus and for the details of the health. Those are up
 * whatever is open: what needs a person must not take the service out.
 */
@Component("countIncidents")
class CountIncidents implements Processor, HealthIndicator {

  private static final int LOOKS = 3;

  private final IncidentSettings settings;
  private final Clock clock;
  private volatile @Nullable Counted last;

  CountIncidents(IncidentSettings settings, Clock clock, MeterRegistry meters) {
    this.settings = settings;
    this.clock = clock;
    for (IncidentKind kind : IncidentKind.values()) {
      Gauge.builder("bridge.incidents.open", () -> open(kind))
          .description("Open incidents, of all instances")
          .tag("kind", kind.word())
          .register(meters);
    }
  }

  private record Counted(Map<IncidentKind, Long> open, Instant at) {}

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Map<IncidentKind, Long> open = new EnumMap<>(IncidentKind.class);
    for (Object one : exchange.getMessage().getMandatoryBody(List.class)) {
      Map<?, ?> row = (Map<?, ?>) one;
      IncidentKind kind = IncidentKind.of(String.valueOf(row.get("kind")));
      if (kind != null && row.get("open") instanceof Number count) {
        open.put(kind, count.longValue());
      }
    }
    last = new Counted(open, clock.instant());
  }

  /** NaN while the database does not answer: no value is better than an old one. */
  private double open(IncidentKind kind) {
    Counted counted = fresh();
    return counted == null ? Double.NaN : counted.open().getOrDefault(kind, 0L);
  }

  private @Nullable Counted fresh() {
    Counted counted = last;
    Instant oldest = clock.instant().minus(settings.every().multipliedBy(LOOKS)).minusSeconds(10);
    return counted == null || counted.at().isBefore(oldest) ? null : counted;
  }

  @Override
  public Health health() {
    Counted counted = fresh();
    return counted == null
        ? Health.up().withDetail("warning", "incidents are not looked for: see the log").build()
        : Health.up()
            .withDetail("open", counted.open().values().stream().mapToLong(one -> one).sum())
            .withDetail("looked_at", counted.at().toString())
            .build();
  }
}
