package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest extends EventReaderFixture {

  private static final String ID = "1b4e28ba-2fa1-4d2e-9b6e-0123456789ab";

  private static final String OTHER_ID = "2b4e28ba-2fa1-4d2e-9b6e-0123456789ab";

  @Test
  void theOriginalEventKeepsItsMeaning() {
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

  @ParameterizedTest
  @CsvSource({
    "2025-01-08 09:30:00, 2025-01-08T09:30Z",
    "2025-01-08 09:30:00.123456, 2025-01-08T09:30:00.123456Z",
    "2025-01-08T09:30:00, 2025-01-08T09:30Z",
    "2025-01-08T09:30:00+0000, 2025-01-08T09:30Z",
    "2025-01-08 09:30:00+00, 2025-01-08T09:30Z",
    "2025-01-08 09:30:00-0330, 2025-01-08T09:30-03:30",
    "2025-01-08t09:30z, 2025-01-08T09:30Z"
  })
  void aTimeOfOdooWithoutAnOffsetIsInUtc(String text, String time) {
    assertThat(read("{\"event_type\":\"a\",\"occurred_at\":\"" + text + "\"}").occurredAt())
        .hasToString(time);
  }

  @Test
  void aTimeOfAnybodyElseNeedsAnOffset() {
    String body = "{\"event_type\":\"a\",\"occurred_at\":\"2025-01-08 09:30:00%s\"}";

    assertThat(readFrom("supabase", body.formatted("+0000")).occurredAt())
        .hasToString("2025-01-08T09:30Z");
    assertThatThrownBy(() -> readFrom("supabase", body.formatted("")))
        .hasMessageContaining("an RFC 3339 time with an offset")
        .hasMessageContaining("only Odoo's may lack one");
  }
}
