package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a batch of events costs, in counts that do not depend on the machine. */
class StoreCostsTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final List<String> calls = new ArrayList<>();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aBatchIsOneStatementAndOneTransactionHoweverManyEvents() throws Exception {
    DataSource watched = watch(DataSource.class, database.dataSource());
    EventTable table = tableOn(watched);
    table.store(events("a", 1));
    calls.clear();

    table.store(events("b", 200));

    assertThat(calls).containsExactly("getConnection", "prepareStatement", "executeQuery");
  }

  @Test
  void anEventIsLessThanAKilobyteOfWriteAheadLog() throws Exception {
    EventTable table = tableOn(database.dataSource());
    // The pages that come after a checkpoint are logged whole, once.
    table.store(events("a", 1_000));
    long before = logged();

    table.store(events("b", 1_000));

    assertThat(logged() - before).isLessThan(1_000L * 1_024);
  }

  private static EventTable tableOn(DataSource dataSource) {
    return new EventTable(
        dataSource,
        Duration.ofSeconds(30),
        new StoreWarnings(new SimpleMeterRegistry(), Clock.systemUTC()));
  }

  private long logged() {
    Long bytes =
        database
            .jdbc()
            .queryForObject("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn", Long.class);
    return bytes == null ? 0 : bytes;
  }

  private static List<Event> events(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Events.withId(prefix + i, "{\"name\":\"Acme\",\"city\":\"Brussels\"}"))
        .toList();
  }

  /** Notes what is asked of the database; what it hands out is watched, too. */
  private <T> T watch(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              boolean counts = method.getName().matches("prepare.*|execute.*|commit");
              if (counts || type == DataSource.class) {
                calls.add(method.getName());
              }
              try {
                Object result = method.invoke(real, arguments);
                if (result instanceof PreparedStatement statement) {
                  return watch(PreparedStatement.class, statement);
                }
                return result instanceof Connection connection
                    ? watch(Connection.class, connection)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
