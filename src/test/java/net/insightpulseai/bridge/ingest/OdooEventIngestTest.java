package net.insightpulseai.bridge.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OdooEventIngestTest extends IngestRouteFixture {

  private static final String FORM = "application/x-www-form-urlencoded";

  /** As the original contract's example sends it, to the byte. */
  private static final String ORIGINAL_EVENT =
      """
      {
          "event_type": "res.partner.updated",
          "resource_id": 42,
          "payload": {"name": "Acme Corp"}
        }""";

  @Test
  void theOriginalExampleIsStored() {
    HttpResponse<String> response =
        post(
            INGEST,
            ORIGINAL_EVENT,
            "x-signature",
            sign(ORIGINAL_EVENT),
            "authorization",
            "Bearer " + serviceKey());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    JsonNode answer = read(response);
    Map<String, Object> row =
        jdbc()
            .queryForMap(
                "select id, source, event_type, resource_id, payload::text as payload,"
                    + " correlation_id::text from public.audit_event");
    assertThat(row)
        .containsEntry("id", answer.get("id").longValue())
        .containsEntry("source", "odoo")
        .containsEntry("event_type", "res.partner.updated")
        .containsEntry("resource_id", "42")
        .containsEntry("payload", "{\"name\": \"Acme Corp\"}")
        .containsEntry("correlation_id", answer.get("correlation_id").textValue());
    assertThat(answer.get("ok").booleanValue()).isTrue();
    assertThat(answer.get("event_type").textValue()).isEqualTo("res.partner.updated");
    assertThat(answer.get("duplicate").booleanValue()).isFalse();
    assertThat(answer).hasSize(5);
  }

  @Test
  void curlsFormContentTypeChangesNothing() {
    HttpResponse<String> response =
        post(INGEST, ORIGINAL_EVENT, "x-signature", sign(ORIGINAL_EVENT), "content-type", FORM);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(payloads()).containsExactly("{\"name\": \"Acme Corp\"}");
  }

  @Test
  void theOriginalReplayedEventIsTakenAsAnEventFromElsewhere() {
    String body = "{\"event_type\": \"test.event\", \"payload\": {}}";
    HttpResponse<String> response =
        post("/bridge/event", body, "x-signature", sign(body), "content-type", FORM);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(jdbc().queryForObject("select source from public.audit_event", String.class))
        .isEqualTo("supabase");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          '[]',                                             400
          'null',                                           400
          '{',                                              400
          'event_type=a',                                   400
          '{"event_type":5}',                               400
          '{"event_type":"a","correlation_id":"1-1-1-1-1"}', 400
          '{"event_type":"bridge.action.applied"}',         400
          '{"event_type":"a","payload":"\\u0000"}',         400
          '{"event_type":"a","payload":1e200000}',          400
          '{"event_type":"a","audience":"odoo.apply"}',     401
          """)
  void whatCannotBeStoredIsRefusedInJson(String body, int status) {
    HttpResponse<String> response = postSigned(INGEST, body);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    assertThat(payloads()).isEmpty();
  }

  @Test
  void aMissingTypeIsAnsweredInTheOriginalsWords() {
    HttpResponse<String> response = postSigned(INGEST, "{\"resource_id\":1}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(messageOf(response)).isEqualTo("Missing event_type");
  }

  @Test
  void theBridgesOwnTypesAreRefusedFromElsewhereAsWell() {
    HttpResponse<String> response = postSigned("/bridge/event", "{\"event_type\":\"bridge.x\"}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(read(response).get("code").textValue()).isEqualTo("reserved_event_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "123456789012345678901234567890",
        "1.0",
        "-0.10",
        "1.23456789012345678901"
      })
  void numbersGoInToTheLastDigit(String number) {
    assertThat(
            postSigned(
                    INGEST,
                    "{\"event_type\":\"a\",\"resource_id\":"
                        + number
                        + ",\"payload\":"
                        + number
                        + "}")
                .statusCode())
        .isEqualTo(200);
    assertThat(payloads()).containsExactly(number);
    assertThat(jdbc().queryForObject("select resource_id from public.audit_event", String.class))
        .isEqualTo(number);
  }

  @Test
  void nothingOfARequestsHeadersComesBack() {
    String body = "{\"event_type\":\"a\"}";
    HttpResponse<String> response =
        post(
            INGEST + "?x-query=mine",
            body,
            "x-signature",
            sign(body),
            "x-mine",
            "mine",
            "cookie",
            "mine=1");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().map().toString()).doesNotContain("mine", sign(body));
  }

  @Test
  void aByteOrderMarkIsSignedButNotPartOfTheEvent() {
    byte[] body = "\uFEFF{\"event_type\":\"a\"}".getBytes(UTF_8);
    assertThat(post(INGEST, body, "x-signature", sign(body)).statusCode()).isEqualTo(200);
  }
}
