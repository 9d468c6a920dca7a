package net.insightpulseai.bridge.ingest;

import static net.insightpulseai.bridge.ingest.Events.event;
import static net.insightpulseai.bridge.ingest.Events.withId;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one bad event, or a collision, does to the others of a batch. */
class EventLedgerFaultTest extends EventLedgerFixture {

  @Test
  void aSpoiltEventDoesNotTakeItsIdFromAGoodOne() {
    List<EventResult> results =
        ledger.store(
            List.of(withId("e1", "\"\\u0000\""), withId("e1"), withId("e1", "\"\\u0000\"")));
    assertThat(statuses(results)).containsExactly(400, 200, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\u0000\"", "\"\\ud800\"", "1e200000"})
  void onePoisonEventAmong255IsRefusedAlone(String poison) {
    List<Event> events = new ArrayList<>();
    IntStream.range(0, 256)
        .forEach(i -> events.add(i == 77 ? withId("e77", poison) : withId("e" + i)));
    List<EventResult> results = new ArrayList<>(ledger.store(events));
    assertThat(((RejectedEvent) results.get(77)).refusal().status()).isEqualTo(400);
    assertThat(((RejectedEvent) results.get(77)).refusal().code()).isEqualTo("unstorable_event");
    results.remove(77);
    assertThat(results).hasSize(255).allMatch(Stored.class::isInstance);
    assertThat(rows()).isEqualTo(255);
    assertThat(count("bridge.event_key")).isEqualTo(255);
  }

  @Test
  void twoInstancesWithTheSameIdsInOppositeOrderNeitherDeadlockNorDouble() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      CyclicBarrier together = new CyclicBarrier(2);
      for (int round = 0; round < 40; round++) {
        String prefix = "r" + round + "-";
        List<Event> there = IntStream.range(0, 100).mapToObj(i -> withId(prefix + i)).toList();
        List<Event> back = new ArrayList<>(there);
        Collections.reverse(back);
        Future<List<EventResult>> one = executor.submit(() -> storeAfter(together, there));
        Future<List<EventResult>> other = executor.submit(() -> storeAfter(together, back));
        List<Stored> all =
            Stream.concat(one.get().stream(), other.get().stream()).map(r -> stored(r)).toList();
        assertThat(all).filteredOn(Stored::duplicate).hasSize(100);
        assertThat(all.stream().map(Stored::id).distinct()).hasSize(100);
      }
    } finally {
      executor.shutdown();
    }
    assertThat(rows()).isEqualTo(4000);
    assertThat(
            database
                .jdbc()
                .queryForObject(
                    "select deadlocks from pg_stat_database where datname = current_database()",
                    Long.class))
        .isZero();
  }

  @Test
  void aBatchThatTakesTooLongIsStoredInParts() throws Exception {
    List<Event> events = IntStream.range(0, 100).mapToObj(i -> withId("slow" + i)).toList();
    try (AutoCloseable ignored = trigger("perform pg_sleep(0.02);")) {
      List<EventResult> results = ledger(Duration.ofSeconds(1)).store(events);
      assertThat(results).hasSize(100).allMatch(Stored.class::isInstance);
    }
    assertThat(rows()).isEqualTo(100);
  }

  @Test
  void aDatabaseThatIsSlowWhateverItIsAskedRefusesTheRestAtOnce() throws Exception {
    List<Event> events = IntStream.range(0, 100).mapToObj(i -> withId("slow" + i)).toList();
    try (AutoCloseable ignored = trigger("perform nextval('test_once'), pg_sleep(2);")) {
      assertThat(statuses(ledger(Duration.ofSeconds(1)).store(events)))
          .hasSize(100)
          .containsOnly(503);
      assertThat(database.jdbc().queryForObject("select last_value from test_once", Long.class))
          .as("statements")
          .isEqualTo(2);
    }
    assertThat(rows()).isZero();
  }

  @Test
  void aCollisionRepeatsTheBatch() throws Exception {
    try (AutoCloseable ignored =
        trigger("if nextval('test_once') = 1 then raise sqlstate '40001'; end if;")) {
      assertThat(statuses(ledger.store(List.of(withId("e1"), withId("e2")))))
          .containsExactly(200, 200);
    }
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void anEventThatARuleOfTheTableRejectsMayComeAgainAndHoldsUpNoOther() throws Exception {
    try (AutoCloseable ignored =
        trigger("if new.event_type = 'test.rejected' then raise exception 'no'; end if;")) {
      List<EventResult> results =
          ledger.store(
              List.of(withId("e1"), event("{\"event_type\":\"test.rejected\"}"), withId("e2")));
      assertThat(statuses(results)).containsExactly(200, 503, 200);
    }
  }

  private static AutoCloseable trigger(String body) {
    database
        .jdbc()
        .execute(
            "create sequence test_once; create function test_trigger() returns trigger language plpgsql as"
                + " $$ begin "
                + body
                + " return new; end $$; create trigger test_trigger before insert on public.audit_event"
                + " for each row execute function test_trigger()");
    return () ->
        database.jdbc().execute("drop function test_trigger() cascade; drop sequence test_once");
  }

  private static List<EventResult> storeAfter(CyclicBarrier together, List<Event> events)
      throws Exception {
    together.await();
    return ledger().store(events);
  }
}
