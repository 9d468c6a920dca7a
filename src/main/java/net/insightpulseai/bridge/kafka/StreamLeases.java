package net.insightpulseai.bridge.kafka;

import java.time.Duration;
import javax.sql.DataSource;
import net.insightpulseai.bridge.cursor.Position;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.outbox.Instance;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which instance publishes which stream, in the database. Methods throw {@link
 * org.springframework.dao.DataAccessException} while it is away.
 */
@Component
class StreamLeases {

  /**
   * How long after the end of an instance another one takes over; longer than a read and a save.
   */
  private static final Duration LEASE = Duration.ofSeconds(40);

  private static final int STATEMENT_SECONDS = 10;

  private final JdbcClient jdbc;
  private final String instance;
  private final String claim = SqlFile.read("kafka/claim_stream");
  private final String extend = SqlFile.read("kafka/extend_stream");
  private final String save = SqlFile.read("kafka/save_stream");
  private final String release = SqlFile.read("kafka/release_stream");

  @Autowired
  StreamLeases(@Qualifier("requestDatabase") DataSource database, Instance instance) {
    this(database, instance.name());
  }

  StreamLeases(DataSource database, String instance) {
    JdbcTemplate bounded = new JdbcTemplate(database);
    bounded.setQueryTimeout(STATEMENT_SECONDS);
    this.jdbc = JdbcClient.create(bounded);
    this.instance = instance;
  }

  /** Whether a stream is still this instance's to publish. */
  enum Held {
    /** It is. */
    YES,
    /** It is, but its subscriber is paused or disabled. */
    STOPPED,
    /** Another instance has it, or somebody has moved its position. */
    LOST
  }

  /** Takes a stream that nobody publishes; null if there is none. */
  @Nullable StreamLease claim() {
    return jdbc.sql(claim)
        .param("instance", instance)
        .param("lease_s", LEASE.toSeconds())
        .query((row, n) -> new StreamLease(row.getLong("subscriber"), row.getLong("token")))
        .optional()
        .orElse(null);
  }

  /** Holds a stream for longer. */
  Held extend(StreamLease lease) {
    return held(
        jdbc.sql(extend)
            .param("subscriber", lease.subscriber())
            .param("token", lease.token())
            .param("lease_s", LEASE.toSeconds()));
  }

  /** Moves the position on to what is acknowledged, and holds the stream for longer. */
  Held save(StreamLease lease, Position acknowledged) {
    return held(
        jdbc.sql(save)
            .param("subscriber", lease.subscriber())
            .param("token", lease.token())
            .param("lease_s", LEASE.toSeconds())
            .param("restores", acknowledged.restores())
            .param("xact", String.valueOf(acknowledged.xact()))
            .param("id", acknowledged.id()));
  }

  private static Held held(JdbcClient.StatementSpec statement) {
    return statement
        .query(Boolean.class)
        .optional()
        .map(running -> running ? Held.YES : Held.STOPPED)
        .orElse(Held.LOST);
  }

  /**
   * Gives a stream back.
   *
   * @param pause how long nobody takes it
   */
  void release(StreamLease lease, Duration pause) {
    jdbc.sql(release)
        .param("subscriber", lease.subscriber())
        .param("token", lease.token())
        .param("pause_s", pause.toSeconds())
        .update();
  }
}
