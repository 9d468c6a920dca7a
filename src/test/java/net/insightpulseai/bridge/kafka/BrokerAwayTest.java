package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import net.insightpulseai.bridge.TestKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * The broker goes away and comes back while events come in; for how long, the property {@code
 * broker.away.seconds} says.
 */
@DirtiesContext
@TestPropertySource(properties = "bridge.delivery.response-timeout=4s")
class BrokerAwayTest extends KafkaFixture {

  private static final Duration AWAY = Duration.ofSeconds(Long.getLong("broker.away.seconds", 8));

  private static final TestKafka KAFKA = TestKafka.own();

  @DynamicPropertySource
  static void ownBroker(DynamicPropertyRegistry registry) {
    registry.add("KAFKA_BOOTSTRAP_SERVERS", KAFKA::servers);
  }

  @AfterAll
  static void stopBroker() {
    KAFKA.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deliveries", "stream"})
  void nothingIsRefusedMeanwhileNothingIsLostAndEachRecordKeepsItsOrder(String mode)
      throws ExecutionException, InterruptedException {
    String topic = KAFKA.topic(3);
    long subscriber = subscribe(topic, ",\"mode\":\"" + mode + "\"");
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger stored = new AtomicInteger();
    CompletableFuture<Void> load =
        CompletableFuture.runAsync(
            () -> {
              while (!enough.get()) {
                String body =
                    "{\"event_type\":\"res.partner.updated\",\"resource_id\":%d,\"event_id\":\"%s-%d\"}"
                        .formatted(stored.get() % 7, mode, stored.get());
                assertThat(postSigned("/bridge/event", body).statusCode()).isEqualTo(200);
                stored.incrementAndGet();
              }
            });
    KAFKA.read(topic, 5);

    KAFKA.stop();
    int before = stored.get();
    await().atMost(AWAY.plusMinutes(1)).pollDelay(AWAY).until(() -> stored.get() > before + 20);
    int meanwhile = stored.get();
    long heap = heap();
    KAFKA.start();
    long back = System.nanoTime();
    await().atMost(Duration.ofMinutes(1)).until(() -> stored.get() > meanwhile + 5);
    enough.set(true);
    load.get();
    await().atMost(AWAY.plusMinutes(2)).until(() -> show("lake").path("open").asInt() == 0);
    System.out.printf(
        "measured: %s, away for %d s: %d events meanwhile, none open %.0f s after it was back, heap %d MB%n",
        mode, AWAY.toSeconds(), meanwhile - before, (System.nanoTime() - back) / 1e9, heap);

    List<ConsumerRecord<String, String>> records =
        KAFKA.read(topic, AWAY.plusMinutes(1), carry(stored.get()));
    assertThat(distinct(records)).isEqualTo(stored.get());
    assertInOrder(records);
    assertThat(text("select count(*) from bridge.dead_letter")).isEqualTo("0");
    assertThat(
            text(
                "select count(*) from bridge.target where state <> 'running' and name = ?",
                "subscriber:" + subscriber))
        .isEqualTo("0");
    assertThat(text("select coalesce(max(attempts), 0) from bridge.event_delivery")).isIn("0", "1");
  }

  /**
   * Whether records carry so many events. Each call looks at those only that are new since the
   * last.
   */
  private static Predicate<List<ConsumerRecord<String, String>>> carry(int events) {
    Set<Long> ids = new HashSet<>();
    AtomicInteger looked = new AtomicInteger();
    return records -> {
      records.subList(looked.getAndSet(records.size()), records.size()).stream()
          .map(KafkaFixture::id)
          .forEach(ids::add);
      return ids.size() >= events;
    };
  }

  /** What this JVM, the bridge and the test in it, cannot do without; in megabytes. */
  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }
}
