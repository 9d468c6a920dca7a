package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.OffsetDateTime;
import java.util.UUID;
import net.insightpulseai.bridge.http.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

  private static final String ID = "1b4e28ba-2fa1-4d2e-9b6e-0123456789ab";
  private static final String OTHER_ID = "2b4e28ba-2fa1-4d2e-9b6e-0123456789ab";

  private final EventReader reader = new EventReader(ExactJson.mapper());

  @Test
  void theDocumentsEventKeepsItsMeaning() {
    Event event =
        read(
            """
            {"event_type": "res.partner.updated", "resource_id": 42, "payload": {"name": "Acme Corp"}}
            """);
    assertThat(event.source()).isEqualTo("odoo");
    assertThat(event.eventType()).isEqualTo("res.partner.updated");
    assertThat(event.resourceId()).isEqualTo("42");
    assertThat(event.payload()).isEqualTo("{\"name\":\"Acme Corp\"}");
    assertThat(event.eventId()).isNull();
    assertThat(event.hop()).isZero();
    assertThat(event.meta()).isNull();
    assertThat(event.correlationId()).isNotNull();
  }

  @Test
  void everythingThatASenderMaySayIsKept() {
    Event event =
        read(
            """
            {"event_type":"a.b","event_id":"e-1","occurred_at":"2025-01-08T09:30:00.123456+02:00",
             "seq":9007199254740993,"db_uuid":"db-7","correlation_id":"%s",
             "origin":{"source":"bridge","correlation_id":"%s","hop":2,"x":1.0},
             "changed":{"name":["a","b"]},"company_id":3,"uid":2,"tx":"748/0","thin":true,"unknown":true}
            """
                .formatted(ID, OTHER_ID));
    assertThat(event.eventId()).isEqualTo("e-1");
    assertThat(event.occurredAt()).isEqualTo(OffsetDateTime.parse("2025-01-08T07:30:00.123456Z"));
    assertThat(event.originSeq()).isEqualTo(9007199254740993L);
    assertThat(event.origin()).isEqualTo("db-7");
    assertThat(event.correlationId()).hasToString(ID);
    assertThat(event.causationId()).isEqualTo(OTHER_ID);
    assertThat(event.hop()).isEqualTo(2);
    assertThat(event.meta())
        .isEqualTo(
            "{\"event_id\":\"e-1\",\"changed\":{\"name\":[\"a\",\"b\"]},\"company_id\":3,\"uid\":2,"
                + "\"tx\":\"748/0\",\"thin\":true,\"origin\":{\"source\":\"bridge\",\"correlation_id\":\""
                + OTHER_ID
                + "\",\"hop\":2,\"x\":1.0}}");
  }

  @ParameterizedTest
  @CsvSource({"'\"1234\"'", "1234", "18446744073709551615"})
  void aTransactionsNumberIsKeptAsItWasSent(String tx) {
    assertThat(read("{\"event_type\":\"a\",\"tx\":" + tx + "}").meta())
        .isEqualTo("{\"tx\":" + tx + "}");
  }

  @Test
  void anEventThatTheBridgeCausedContinuesItsCausesTrace() {
    Event event = read("{\"event_type\":\"a\",\"origin\":{\"correlation_id\":\"" + ID + "\"}}");
    assertThat(event.correlationId()).hasToString(ID);
    assertThat(event.causationId()).isEqualTo(ID);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          42,                             42
          0,                              0
          9007199254740993,               9007199254740993
          123456789012345678901234567890, 123456789012345678901234567890
          1.0,                            1.0
          '"S0042"',                      S0042
          true,                           true
          '{"b":1.0,"a":[2]}',            '{"b":1.0,"a":[2]}'
          '[1, 2]',                       '[1,2]'
          null,                           ''
          '""',                           ''
          """)
  void resourceIdIsTheTextOfWhatWasSent(String sent, String kept) {
    assertThat(read("{\"event_type\":\"a\",\"resource_id\":" + sent + "}").resourceId())
        .isEqualTo(kept);
  }

  @Test
  void aMissingResourceIdIsEmpty() {
    assertThat(read("{\"event_type\":\"a\"}").resourceId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[1,2]", "\"text\"", "12345678901234567890.10", "false", "{}", "[]", "\"\""})
  void payloadMayBeAnyJson(String payload) {
    assertThat(read("{\"event_type\":\"a\",\"payload\":" + payload + "}").payload())
        .isEqualTo(payload);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"event_type\":\"a\"}", "{\"event_type\":\"a\",\"payload\":null}"})
  void aMissingPayloadIsAnEmptyObject(String body) {
    assertThat(read(body).payload()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"event_type\":null}",
        "{\"event_type\":\"\"}",
        "{\"resource_id\":1}",
        "{\"Event_Type\":\"a\"}"
      })
  void anEventWithoutATypeIsRefusedInTheOriginalsWords(String body) {
    Refusal refusal = refusalOf(body);
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal).hasMessage("Missing event_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5", "false", "{}", "[\"a\"]", "\"a\\nb\"", "\"a\\u0000\"", "\"\\ud800\""})
  void anEventTypeThatIsNoNameIsRefused(String type) {
    assertThat(refusalOf("{\"event_type\":" + type + "}").code()).isEqualTo("invalid_event_type");
  }

  @Test
  void anEventTypeOfMoreThan200CharactersIsRefused() {
    assertThat(read("{\"event_type\":\"" + "x".repeat(200) + "\"}").eventType()).hasSize(200);
    assertThat(refusalOf("{\"event_type\":\"" + "x".repeat(201) + "\"}").code())
        .isEqualTo("invalid_event_type");
  }

  @Test
  void theBridgesOwnTypesCannotBePosted() {
    Refusal refusal = refusalOf("{\"event_type\":\"bridge.action.applied\"}");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isEqualTo("reserved_event_type");
    assertThat(read("{\"event_type\":\"bridges.opened\"}").eventType()).isEqualTo("bridges.opened");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"1-1-1-1-1\"",
        "\"not-a-uuid\"",
        "\"1b4e28ba-2fa1-4d2e-9b6e-0123456789ag\"",
        "\"1b4e28ba-2fa1-4d2e-9b6e-0123456789ab \"",
        "7",
        "{}"
      })
  void aCorrelationIdThatIsNoUuidIsRefused(String id) {
    Refusal refusal = refusalOf("{\"event_type\":\"a\",\"correlation_id\":" + id + "}");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isEqualTo("invalid_correlation_id");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          event_id,    5
          event_id,    '""'
          event_id,    '"a\\u0007"'
          occurred_at, '"2025-01-08 09:30:00"'
          occurred_at, '"2025-01-08T09:30:00"'
          occurred_at, 1736328600
          seq,         '"5"'
          seq,         1.5
          seq,         9223372036854775808
          db_uuid,     5
          origin,      '"bridge"'
          company_id,  '"3"'
          uid,         true
          tx,          1.5
          tx,          '{}'
          thin,        '"yes"'
          resource_id, '"\\ud800"'
          """)
  void aFieldOfTheWrongKindIsRefusedByItsName(String name, String value) {
    Refusal refusal = refusalOf("{\"event_type\":\"a\",\"" + name + "\":" + value + "}");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isEqualTo("invalid_" + name);
    assertThat(refusal).hasMessageContaining(name + " must be ");
  }

  @Test
  void odoosFalseMeansNotSet() {
    assertThat(
            read("{\"event_type\":\"a\",\"company_id\":false,\"uid\":false,\"thin\":false}").meta())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "2,2", "99,99", "1000000,99", "-1,0"})
  void hopIsKeptWithinItsBounds(long sent, int kept) {
    assertThat(read("{\"event_type\":\"a\",\"origin\":{\"hop\":" + sent + "}}").hop())
        .isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "5", "\"a\"", "true"})
  void whatIsNoObjectIsNoEvent(String body) {
    assertThat(refusalOf(body).code()).isEqualTo("invalid_event");
  }

  @Test
  void theBodysIdComesBeforeTheSignedOne() {
    assertThat(read("{\"event_type\":\"a\",\"event_id\":\"own\"}", "signed").eventId())
        .isEqualTo("own");
    assertThat(read("{\"event_type\":\"a\"}", "signed").eventId()).isEqualTo("signed");
  }

  @Test
  void theHashIgnoresTheOrderOfKeysAndTheAudience() {
    String hash = read("{\"event_type\":\"a\",\"payload\":{\"x\":1,\"y\":[1.0]}}").bodySha256();
    assertThat(
            read("{ \"payload\":{\"y\":[1.0],\"x\":1},\"audience\":\"b\", \"event_type\":\"a\"}")
                .bodySha256())
        .isEqualTo(hash)
        .matches("[0-9a-f]{64}");
    assertThat(read("{\"event_type\":\"a\",\"payload\":{\"x\":1,\"y\":[1.00]}}").bodySha256())
        .isNotEqualTo(hash);
    assertThat(read("{\"event_type\":\"a\",\"payload\":{\"x\":2,\"y\":[1.0]}}").bodySha256())
        .isNotEqualTo(hash);
  }

  @Test
  void eventsWithoutACorrelationIdGetOneEach() {
    UUID first = read("{\"event_type\":\"a\"}").correlationId();
    assertThat(read("{\"event_type\":\"a\"}").correlationId()).isNotEqualTo(first);
  }

  private Event read(String body) {
    return read(body, null);
  }

  private Event read(String body, String signedId) {
    try {
      return reader.read(ExactJson.mapper().readTree(body), "odoo", signedId);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private Refusal refusalOf(String body) {
    return catchThrowableOfType(Refusal.class, () -> read(body));
  }
}
