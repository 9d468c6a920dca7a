package net.insightpulseai.bridge.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
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
  private final Clock clock;
  private final MultiGauge behind;
  private final MultiGauge age;
  private final String lag = SqlFile.read("kafka/lag");
  private Instant next = Instant.MIN;

  StreamLag(@Qualifier("requestDatabase") DataSource database, Clock clock, MeterRegistry meters) {
    this.jdbc = JdbcClient.create(database);
    this.clock = clock;
    this.behind =
        MultiGauge.builder("bridge.kafka.stream.behind")
            .description("Events behind the position of a stream, matching or not, up to 10000")
            .register(meters);
    this.age =
        MultiGauge.builder("bridge.kafka.stream.age")
            .description("Age of the first event behind the position of a stream")
            .baseUnit("seconds")
            .register(meters);
  }

  /**
   * What is behind a position.
   *
   * @param oldest when the first of the events was stored; null if there is none
   */
  private record Lag(String name, long events, @Nullable OffsetDateTime oldest) {}

  /** Measures anew, if the last time is long enough ago; by one thread. */
  void measure() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    List<MultiGauge.Row<?>> events = new ArrayList<>();
    List<MultiGauge.Row<?>> ages = new ArrayList<>();
    for (Lag one : jdbc.sql(lag).query(StreamLag::read).list()) {
      Tags tags = Tags.of("subscriber", one.name());
      events.add(MultiGauge.Row.of(tags, one.events()));
      ages.add(MultiGauge.Row.of(tags, seconds(one.oldest(), now)));
    }
    behind.register(events, true);
    age.register(ages, true);
  }

  private static Lag read(ResultSet row, int number) throws SQLException {
    return new Lag(
        row.getString("name"),
        row.getLong("events"),
        row.getObject("oldest", OffsetDateTime.class));
  }

  private static double seconds(@Nullable OffsetDateTime oldest, Instant now) {
    return oldest == null
        ? 0
        : Math.max(0, Duration.between(oldest.toInstant(), now).toMillis() / 1000.0);
  }
}
