package net.insightpulseai.bridge.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import net.insightpulseai.bridge.cursor.EventOrder;
import net.insightpulseai.bridge.cursor.Lag;
import net.insightpulseai.bridge.cursor.Position;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How far each stream is behind, whichever instance publishes it, for Prometheus. Where the
 * database is away, the last values stay: the metrics of the database say so.
 */
@Component
class StreamLag {

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final JdbcClient jdbc;
  private final EventOrder events;
  private final Clock clock;
  private final MultiGauge behind;
  private final MultiGauge age;
  private final String streams = SqlFile.read("kafka/streams");
  private Instant next = Instant.MIN;

  StreamLag(
      @Qualifier("requestDatabase") DataSource database,
      EventOrder events,
      Clock clock,
      MeterRegistry meters) {
    this.jdbc = JdbcClient.create(database);
    this.events = events;
    this.clock = clock;
    this.behind =
        MultiGauge.builder("bridge.kafka.stream.behind")
            .description(
                "Events behind the position of a stream, whoever they are for, up to 10000")
            .register(meters);
    this.age =
        MultiGauge.builder("bridge.kafka.stream.age")
            .description("Age of the first event behind the position of a stream")
            .baseUnit("seconds")
            .register(meters);
  }

  private record Stream(String name, Position position) {}

  /** Measures anew, if the last time is long enough ago; by one thread. */
  void measure() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    List<MultiGauge.Row<Number>> events = new ArrayList<>();
    List<MultiGauge.Row<Number>> ages = new ArrayList<>();
    for (Stream stream : streams()) {
      Lag lag = this.events.lag(stream.position());
      Tags tags = Tags.of("subscriber", stream.name());
      events.add(MultiGauge.Row.of(tags, lag.events()));
      ages.add(MultiGauge.Row.of(tags, seconds(lag.oldest(), now)));
    }
    behind.register(rows(events), true);
    age.register(rows(ages), true);
  }

  private List<Stream> streams() {
    return jdbc.sql(streams)
        .query(
            (row, n) ->
                new Stream(
                    row.getString("name"),
                    new Position(
                        row.getInt("restores"),
                        Long.parseLong(row.getString("xact")),
                        row.getLong("id"))))
        .list();
  }

  private static double seconds(@Nullable Instant oldest, Instant now) {
    return oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toMillis() / 1000.0);
  }

  private static List<MultiGauge.Row<?>> rows(List<MultiGauge.Row<Number>> rows) {
    return new ArrayList<>(rows);
  }
}
