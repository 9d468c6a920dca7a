package net.insightpulseai.bridge.ingest;

import static net.insightpulseai.bridge.ingest.Events.alone;
import static net.insightpulseai.bridge.ingest.Events.withId;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Events without an id whose repetitions count as one for a while. */
class UnkeyedLedgerTest extends EventLedgerFixture {

  private static final Duration WINDOW = Duration.ofMinutes(5);

  @Test
  void aRepetitionWithinTheTimeIsAnsweredWithTheFirstOnesIds() {
    Stored first = store(tick(1));
    assertThat(store(tick(1))).isEqualTo(first.again());
    assertThat(store(tick(2)).duplicate()).isFalse();
    assertThat(ledger.store(List.of(tick(3), tick(3), tick(1))))
        .extracting(result -> stored(result).duplicate())
        .containsExactly(false, true, true);
    assertThat(rows()).isEqualTo(3);
  }

  @Test
  void afterTheTimeItIsAnEventOfItsOwnFromWhichTheTimeRunsAnew() {
    Stored first = store(tick(1));
    older("6 minutes");
    Stored second = store(tick(1));
    assertThat(second.duplicate()).isFalse();
    assertThat(second.id()).isNotEqualTo(first.id());
    older("4 minutes");
    assertThat(store(tick(1))).isEqualTo(second.again());
    older("2 minutes");
    assertThat(store(tick(1)).duplicate()).isFalse();
    assertThat(rows()).isEqualTo(3);
    assertThat(count("bridge.event_key")).isOne();
  }

  @Test
  void whatSaysWhenItHappenedIsRecognizedAfterTheTimeToo() {
    Event event = alone("{\"event_type\":\"a\",\"occurred_at\":\"2026-11-29T10:00:00Z\"}", WINDOW);
    Stored first = store(event);
    older("6 days");
    assertThat(store(event)).isEqualTo(first.again());
  }

  @Test
  void replicasThatGetItAtOnceStoreOneRowBesideKeyedOnesInAnyOrder() throws Exception {
    List<Event> batch =
        Stream.iterate(0, i -> i + 1)
            .limit(40)
            .map(i -> i % 2 == 0 ? withId("e" + i) : tick(i))
            .toList();
    List<Event> backwards = new ArrayList<>(batch);
    java.util.Collections.reverse(backwards);
    ExecutorService replicas = Executors.newFixedThreadPool(4);
    try {
      for (int round = 1; round <= 20; round++) {
        empty();
        List<Future<List<EventResult>>> results =
            List.of(
                replicas.submit(() -> ledger().store(batch)),
                replicas.submit(() -> ledger().store(backwards)),
                replicas.submit(() -> ledger().store(batch)),
                replicas.submit(() -> ledger().store(backwards)));
        int stored = 0;
        for (Future<List<EventResult>> one : results) {
          stored += (int) one.get().stream().filter(result -> !stored(result).duplicate()).count();
        }
        assertThat(stored).isEqualTo(40);
        assertThat(rows()).isEqualTo(40);
      }
    } finally {
      replicas.shutdown();
    }
  }

  @Test
  void anEventThatCannotBeStoredLeavesNoKey() {
    Event broken = alone("{\"event_type\":\"a\",\"payload\":\"\\u0000\"}", WINDOW);
    assertThat(statuses(ledger.store(List.of(broken, tick(1))))).containsExactly(400, 200);
    assertThat(count("bridge.event_key")).isOne();
  }

  private Stored store(Event event) {
    return stored(ledger.store(List.of(event)).get(0));
  }

  private static Event tick(int n) {
    return alone("{\"event_type\":\"a.b\",\"payload\":{\"qty\":" + n + "}}", WINDOW);
  }

  private static void older(String interval) {
    database
        .jdbc()
        .update(
            "update bridge.event_key set created_at = created_at - interval '" + interval + "'");
  }
}
