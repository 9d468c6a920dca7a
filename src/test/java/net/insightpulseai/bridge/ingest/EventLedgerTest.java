package net.insightpulseai.bridge.ingest;

import static net.insightpulseai.bridge.ingest.Events.event;
import static net.insightpulseai.bridge.ingest.Events.withId;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLedgerTest extends EventLedgerFixture {

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
  void aStoredBodyIsRecognisedBehindAConflictingOne() {
    ledger.store(List.of(withId("e1")));
    assertThat(statuses(ledger.store(List.of(withId("e1", "2"), withId("e1")))))
        .containsExactly(409, 200);
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
}
