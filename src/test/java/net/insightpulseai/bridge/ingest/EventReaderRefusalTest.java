package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import net.insightpulseai.bridge.http.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender may not send as an event. */
class EventReaderRefusalTest extends EventReaderFixture {

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
      strings = {
        "5",
        "false",
        "{}",
        "[\"a\"]",
        "\"a\\nb\"",
        "\"a\\u0000\"",
        "\"\\ud800\"",
        "\" a.b\"",
        "\"a.b \"",
        "\"a b\"",
        "\"a\\u00a0b\"",
        "\"*\"",
        "\"a.*\"",
        "\"..\"",
        "\"a..b\"",
        "\".a\"",
        "\"a.\""
      })
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
          occurred_at, '"2025-01-08"'
          occurred_at, '"2025-01-08 25:30:00"'
          occurred_at, '"2025-01-08T09:30:00+99:00"'
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

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "5", "\"a\"", "true"})
  void whatIsNoObjectIsNoEvent(String body) {
    assertThat(refusalOf(body).code()).isEqualTo("invalid_event");
  }
}
