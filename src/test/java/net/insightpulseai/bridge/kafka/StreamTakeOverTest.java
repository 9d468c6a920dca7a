package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two replicas want the same stream, and the one that has it is killed under load. */
@Tag("slow")
class StreamTakeOverTest {

  private static final int RECORDS = 7;

  /** That of the lease, and of a look for free ones. */
  private static final Duration LONGEST = Duration.ofSeconds(45);

  private final TestKafka kafka = TestKafka.shared();
  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicInteger stored = new AtomicInteger();

  @Test
  void theOtherOneGoesOnWithinTheLeaseAndNothingIsLostOrOutOfOrder()
      throws ExecutionException, InterruptedException {
    String topic = kafka.topic(3);
    try (TestDatabase database = TestDatabase.fresh()) {
      database
          .jdbc()
          .update(
              "insert into bridge.subscriber (name, kind, mode, topic, event_types)"
                  + " values ('lake', 'kafka', 'stream', ?, '{res.*}')",
              topic);
      try (BridgeProcess one = start(database, "one");
          BridgeProcess other = start(database, "other")) {
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> store(database));
        // Two processes start, which takes its time on a busy machine.
        await().atMost(Duration.ofMinutes(4)).until(() -> !holder(database).isEmpty());
        kafka.read(topic, 200);
        String holder = holder(database);
        assertThat(holder).isIn("one", "other");

        (holder.equals("one") ? one : other).kill();
        int whenKilled = stored.get();
        long killed = System.nanoTime();
        String left = holder.equals("one") ? "other" : "one";
        await().atMost(LONGEST).until(() -> left.equals(holder(database)));
        System.out.printf(
            "measured: a stream is taken over after %.1f s%n", (System.nanoTime() - killed) / 1e9);
        kafka.read(topic, all -> KafkaFixture.distinct(all) > whenKilled);
        enough.set(true);
        load.get();

        List<ConsumerRecord<String, String>> records =
            kafka.read(topic, all -> KafkaFixture.distinct(all) >= stored.get());
        assertThat(KafkaFixture.distinct(records)).isEqualTo(stored.get());
        assertThat(KafkaFixture.byKey(records)).hasSize(RECORDS);
        KafkaFixture.assertInOrder(records);
      }
    }
  }

  /** Some hundred events a second, until it is enough. */
  private void store(TestDatabase database) {
    while (!enough.get()) {
      stored.addAndGet(
          database
              .jdbc()
              .update(
                  "insert into public.audit_event (source, event_type, resource_id)"
                      + " select 'odoo', 'res.partner.updated', n % ?"
                      + " from generate_series(1, 7) n, pg_sleep(0.05)",
                  RECORDS));
    }
  }

  private static String holder(TestDatabase database) {
    return database
        .jdbc()
        .queryForObject(
            "select coalesce(max(held_by), '') from bridge.stream_lease where lease_until > now()",
            String.class);
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
}
