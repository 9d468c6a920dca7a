package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The publisher is killed between the broker's acknowledgement and the position. */
@Tag("slow")
class StreamCrashTest {

  private static final int EVENTS = 200;

  private final TestKafka kafka = TestKafka.shared();

  @Test
  void theBatchComesAgainAndNothingIsLostOrOutOfOrder() throws SQLException {
    String topic = kafka.topic(3);
    try (TestDatabase database = TestDatabase.fresh()) {
      database
          .jdbc()
          .update(
              "insert into bridge.subscriber (name, kind, mode, topic) values ('lake', 'kafka', 'stream', ?)",
              topic);
      events(database);
      try (Connection test = database.dataSource().getConnection();
          Statement statement = test.createStatement()) {
        test.setAutoCommit(false);
        // The position cannot be saved while this transaction has its row.
        statement.execute("select from bridge.subscriber_position for update");
        BridgeProcess bridge = start(database, "node-1");
        try {
          awaitPublisher(database);
          kafka.read(topic, all -> KafkaFixture.distinct(all) == EVENTS);
        } finally {
          bridge.kill();
        }
        // The server would still run what the process has sent.
        awaitEnded(database);
        test.rollback();
      }
      assertThat(behind(database)).isEqualTo(EVENTS);

      BridgeProcess another = start(database, "node-2");
      try {
        events(database);
        await().atMost(Duration.ofMinutes(4)).until(() -> behind(database) == 0);
      } finally {
        another.kill();
      }

      List<ConsumerRecord<String, String>> records =
          kafka.read(topic, all -> all.size() >= 3 * EVENTS);
      assertThat(KafkaFixture.distinct(records)).isEqualTo(2 * EVENTS);
      KafkaFixture.assertInOrder(records);
    }
  }

  /** A process starts, which takes its time on a busy machine. */
  private static void awaitPublisher(TestDatabase database) {
    String held = "select exists (select from bridge.stream_lease where held_by is not null)";
    await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> database.jdbc().queryForObject(held, Boolean.class));
  }

  private static void awaitEnded(TestDatabase database) {
    await()
        .until(
            () ->
                database
                        .jdbc()
                        .queryForList(
                            "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where datname = current_database() and wait_event_type = 'Lock'")
                        .size()
                    == 0);
  }

  private BridgeProcess start(TestDatabase database, String name) {
    return new BridgeProcess(
        database,
        Map.of(
            "BRIDGE_INSTANCE",
            name,
            "EDGE_HMAC_SECRET",
            BridgeTest.SECRET,
            "KAFKA_BOOTSTRAP_SERVERS",
            kafka.servers()));
  }

  private static void events(TestDatabase database) {
    database
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id)"
                + " select 'odoo', 'res.partner.updated', n % 7 from generate_series(1, ?) n",
            EVENTS);
  }

  private static int behind(TestDatabase database) {
    return database
        .jdbc()
        .queryForObject(
            "select count(*) from public.audit_event e cross join bridge.subscriber_position p"
                + " where e.source = 'odoo' and (e.xact, e.id) > (p.xact, p.id)",
            Integer.class);
  }
}
