package net.insightpulseai.bridge.ingest;

import static net.insightpulseai.bridge.ingest.Events.event;
import static net.insightpulseai.bridge.ingest.Events.withId;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLedgerTest {

  private static TestDatabase database;

  private final EventLedger ledger = ledger();

  @BeforeAll
  static void createDatabase() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.jdbc().execute("truncate public.audit_event, bridge.event_key restart identity");
  }

  @Test
  void anEventBecomesARowWithEverythingItSaid() {
    Event event =
        event(
            """
            {"event_type":"res.partner.updated","resource_id":42,"payload":{"name":"Zoë 😀"},"event_id":"e1",
             "occurred_at":"2025-01-08T09:30:00.123456Z","seq":7,"db_uuid":"db","uid":2,
             "origin":{"correlation_id":"1b4e28ba-2fa1-4d2e-9b6e-0123456789ab","hop":1}}
            """);
    Stored stored = stored(ledger.store(List.of(event)).get(0));
    assertThat(stored.duplicate()).isFalse();
    assertThat(stored.correlationId()).isEqualTo(event.correlationId());
    Map<String, Object> row =
        database
            .jdbc()
            .queryForMap(
                "select source, event_type, resource_id, payload ->> 'name' as name, correlation_id::text,"
                    + " occurred_at = '2025-01-08 09:30:00.123456+00' as on_time, origin, origin_seq, causation_id,"
                    + " hop, meta ->> 'event_id' as event_id, meta ->> 'uid' as uid from public.audit_event where id = ?",
                stored.id());
    assertThat(row)
        .containsEntry("source", "odoo")
        .containsEntry("event_type", "res.partner.updated")
        .containsEntry("resource_id", "42")
        .containsEntry("name", "Zoë 😀")
        .containsEntry("correlation_id", "1b4e28ba-2fa1-4d2e-9b6e-0123456789ab")
        .containsEntry("on_time", true)
        .containsEntry("origin", "db")
        .containsEntry("origin_seq", 7L)
        .containsEntry("causation_id", "1b4e28ba-2fa1-4d2e-9b6e-0123456789ab")
        .containsEntry("hop", 1)
        .containsEntry("event_id", "e1")
        .containsEntry("uid", "2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "123456789012345678901234567890",
        "1.0",
        "0.10",
        "-0.1234567890123456789012345678901234567890"
      })
  void numbersAreStoredToTheLastDigit(String number) {
    ledger.store(List.of(event("{\"event_type\":\"a\",\"payload\":{\"n\":" + number + "}}")));
    assertThat(
            database
                .jdbc()
                .queryForObject("select payload ->> 'n' from public.audit_event", String.class))
        .isEqualTo(number);
  }

  @Test
  void anEventWithoutAnIdIsStoredEachTime() {
    String body = "{\"event_type\":\"a\"}";
    assertThat(statuses(ledger.store(List.of(event(body), event(body))))).containsExactly(200, 200);
    assertThat(stored(ledger.store(List.of(event(body))).get(0)).duplicate()).isFalse();
    assertThat(rows()).isEqualTo(3);
  }

  @Test
  void aRepeatedEventIsAnsweredWithTheFirstOnesIds() {
    Event first = withId("e1");
    Stored stored = stored(ledger.store(List.of(first)).get(0));
    Stored again = stored(ledger.store(List.of(withId("e1"))).get(0));
    assertThat(again.duplicate()).isTrue();
    assertThat(again.id()).isEqualTo(stored.id());
    assertThat(again.correlationId()).isEqualTo(first.correlationId());
    assertThat(rows()).isOne();
  }

  @Test
  void anotherBodyUnderAStoredIdIsAConflict() {
    ledger.store(List.of(withId("e1")));
    List<EventResult> results =
        ledger.store(List.of(withId("e2"), withId("e1", "2"), withId("e3")));
    assertThat(statuses(results)).containsExactly(200, 409, 200);
    assertThat(rows()).isEqualTo(3);
  }

  @Test
  void equalIdsOfOneBatchAreOneRow() {
    List<EventResult> results =
        ledger.store(List.of(withId("e1"), withId("e1"), withId("e1", "2"), withId("e2")));
    assertThat(statuses(results)).containsExactly(200, 200, 409, 200);
    assertThat(stored(results.get(0)).duplicate()).isFalse();
    assertThat(stored(results.get(1)))
        .isEqualTo(
            new Stored(stored(results.get(0)).id(), stored(results.get(0)).correlationId(), true));
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void aSpoiltEventDoesNotTakeItsIdFromAGoodOne() {
    List<EventResult> results =
        ledger.store(
            List.of(withId("e1", "\"\\u0000\""), withId("e1"), withId("e1", "\"\\u0000\"")));
    assertThat(statuses(results)).containsExactly(400, 200, 400);
  }

  @Test
  void aStoredBodyIsRecognisedBehindAConflictingOne() {
    ledger.store(List.of(withId("e1")));
    assertThat(statuses(ledger.store(List.of(withId("e1", "2"), withId("e1")))))
        .containsExactly(409, 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\u0000\"", "\"\\ud800\"", "1e200000"})
  void onePoisonEventAmong255IsRefusedAlone(String poison) {
    List<Event> events = new ArrayList<>();
    IntStream.range(0, 256)
        .forEach(i -> events.add(i == 77 ? withId("e77", poison) : withId("e" + i)));
    List<EventResult> results = new ArrayList<>(ledger.store(events));
    assertThat(((RejectedEvent) results.get(77)).why().status()).isEqualTo(400);
    assertThat(((RejectedEvent) results.get(77)).why().code()).isEqualTo("unstorable_event");
    results.remove(77);
    assertThat(results).hasSize(255).allMatch(Stored.class::isInstance);
    assertThat(rows()).isEqualTo(255);
    assertThat(count("bridge.event_key")).isEqualTo(255);
  }

  @Test
  void rowsAreNumberedInOrderOfArrivalWhateverTheirIds() {
    List<Event> events =
        IntStream.range(0, 100).mapToObj(i -> withId("e" + (999 - i), "" + i)).toList();
    ledger.store(events);
    assertThat(
            database
                .jdbc()
                .queryForList(
                    "select payload::text::int from public.audit_event order by id", Integer.class))
        .isEqualTo(IntStream.range(0, 100).boxed().toList());
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

  private static EventLedger ledger() {
    return new EventLedger(
        new DistinctEvents(
            new EventTable(
                database.dataSource(),
                Duration.ofSeconds(10),
                new StoreWarnings(new SimpleMeterRegistry(), Clock.systemUTC()))));
  }

  private static Stored stored(EventResult result) {
    assertThat(result).isInstanceOf(Stored.class);
    return (Stored) result;
  }

  private static List<Integer> statuses(List<EventResult> results) {
    return results.stream()
        .map(result -> result instanceof RejectedEvent refused ? refused.why().status() : 200)
        .toList();
  }

  private static long rows() {
    return count("public.audit_event");
  }

  private static long count(String table) {
    return database.jdbc().queryForObject("select count(*) from " + table, Long.class);
  }
}
