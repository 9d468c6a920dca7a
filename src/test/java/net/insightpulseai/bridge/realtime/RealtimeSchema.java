package net.insightpulseai.bridge.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A project's schema {@code realtime}, as far as the bridge meets it. */
public final class RealtimeSchema {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  private RealtimeSchema(TestDatabase database) {
    this.jdbc = database.jdbc();
    this.transaction =
        new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
  }

  /** Makes the schema in a database that has none. */
  public static RealtimeSchema in(TestDatabase database) {
    try {
      database
          .jdbc()
          .execute(new ClassPathResource("realtime-schema.sql").getContentAsString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RealtimeSchema(database);
  }

  /** What was sent, in order: {@code topic|event|private|payload}. */
  public List<String> messages() {
    return jdbc.queryForList(
        "select topic || '|' || event || '|' || private || '|' || payload::text"
            + " from realtime.messages order by (payload ->> 'id')::bigint",
        String.class);
  }

  /** As on a day for which Realtime has not made a partition. */
  public void dropPartitions() {
    jdbc.execute("drop table realtime.messages_now");
  }

  /**
   * Whether Realtime lets a signed-in user join a private channel: it writes a row of that topic,
   * asks as that user whether it can be seen, and takes everything back.
   */
  boolean mayJoin(String topic, String claims) {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              status.setRollbackOnly();
              jdbc.update(
                  "insert into realtime.messages (topic, extension) values (?, 'broadcast'), (?, 'presence')",
                  topic,
                  topic);
              jdbc.execute("set local role authenticated");
              jdbc.queryForList(
                  "select set_config('realtime.topic', ?, true), set_config('request.jwt.claims', ?, true)",
                  topic,
                  claims);
              return jdbc.queryForObject(
                  "select exists (select from realtime.messages where extension = 'broadcast')",
                  Boolean.class);
            }));
  }
}
