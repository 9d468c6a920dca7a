package net.insightpulseai.bridge.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OdooEventIngestTest extends BridgeTest {

  private static final String INGEST = "/functions/v1/odoo_event_ingest";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final ObjectMapper json = ExactJson.mapper();

  /** As the original contract's example sends it, to the byte. */
  private static final String DOCUMENTS_EVENT =
      """
      {
          "event_type": "res.partner.updated",
          "resource_id": 42,
          "payload": {"name": "Acme Corp"}
        }""";

  @Test
  void theDocumentsExampleIsStored() {
    HttpResponse<String> response =
        post(
            INGEST,
            DOCUMENTS_EVENT,
            "x-signature",
            sign(DOCUMENTS_EVENT),
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
        post(INGEST, DOCUMENTS_EVENT, "x-signature", sign(DOCUMENTS_EVENT), "content-type", FORM);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(payloads()).containsExactly("{\"name\": \"Acme Corp\"}");
  }

  @Test
  void theDocumentsReplayedEventIsTakenAsAnEventFromElsewhere() {
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
  void whatCannotBeStoredIsRefusedAsText(String body, int status) {
    HttpResponse<String> response = postSigned(INGEST, body);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/plain");
    assertThat(payloads()).isEmpty();
  }

  @Test
  void aMissingTypeIsAnsweredInTheOriginalsWords() {
    HttpResponse<String> response = postSigned(INGEST, "{\"resource_id\":1}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("Missing event_type");
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
  void theSameEventAHundredTimesAtOnceIsOneRowAnd100Times200() throws Exception {
    String body = "{\"event_type\":\"a\",\"event_id\":\"e1\",\"payload\":{\"n\":1}}";
    ExecutorService callers = Executors.newFixedThreadPool(100);
    List<HttpResponse<String>> responses = new ArrayList<>();
    try {
      Callable<HttpResponse<String>> call = () -> postSigned(INGEST, body);
      for (Future<HttpResponse<String>> response :
          callers.invokeAll(IntStream.range(0, 100).mapToObj(i -> call).toList())) {
        responses.add(response.get());
      }
    } finally {
      callers.shutdown();
    }
    assertThat(responses).allMatch(response -> response.statusCode() == 200);
    assertThat(responses)
        .filteredOn(response -> !read(response).get("duplicate").booleanValue())
        .hasSize(1);
    assertThat(responses.stream().map(response -> read(response).get("id").longValue()).distinct())
        .hasSize(1);
    assertThat(payloads()).hasSize(1);
  }

  @Test
  void anotherBodyUnderTheSameIdIsAConflict() {
    postSigned(INGEST, "{\"event_type\":\"a\",\"event_id\":\"e1\",\"payload\":1}");
    HttpResponse<String> response =
        postSigned(INGEST, "{\"event_type\":\"a\",\"event_id\":\"e1\",\"payload\":2}");
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body()).contains("event_id e1");
    assertThat(payloads()).containsExactly("1");
  }

  @Test
  void idsOfTwoSourcesDoNotMeet() {
    String body = "{\"event_type\":\"a\",\"event_id\":\"e1\"}";
    postSigned(INGEST, body);
    assertThat(read(postSigned("/bridge/event", body)).get("duplicate").booleanValue()).isFalse();
    assertThat(payloads()).hasSize(2);
  }

  @Test
  void anUnsignedHeaderGivesAnEventNoId() {
    String body = "{\"event_type\":\"a\"}";
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response =
          post(INGEST, body, "x-signature", sign(body), "x-idempotency-key", "k", "event-id", "k");
      assertThat(read(response).get("duplicate").booleanValue()).isFalse();
    }
    assertThat(payloads()).hasSize(2);
  }

  @Test
  void aSignedWebhookIdIsTheEventsId() throws Exception {
    String body = "{\"event_type\":\"a\"}";
    Webhook webhook = new Webhook(Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)));
    long now = Instant.now().getEpochSecond();
    for (boolean duplicate : new boolean[] {false, true}) {
      HttpResponse<String> response =
          post(
              INGEST,
              body,
              "webhook-id",
              "msg_1",
              "webhook-timestamp",
              Long.toString(now),
              "webhook-signature",
              webhook.sign("msg_1", now, body));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(read(response).get("duplicate").booleanValue()).isEqualTo(duplicate);
    }
    assertThat(
            jdbc()
                .queryForObject("select meta ->> 'event_id' from public.audit_event", String.class))
        .isEqualTo("msg_1");
  }

  @Test
  void eachEventOfAPackHasAnOutcome() {
    postSigned(INGEST, "{\"event_type\":\"a\",\"event_id\":\"known\"}");
    HttpResponse<String> response =
        postSigned(
            INGEST,
            """
            {"events":[{"event_type":"a","event_id":"new"},{"event_type":"a","event_id":"known"},
             {"event_type":"a","event_id":"known","payload":2},{"payload":1},
             {"event_type":"a","payload":"\\u0000"},{"event_type":"b"}]}
            """);
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode answer = read(response);
    assertThat(answer.get("ok").booleanValue()).isFalse();
    JsonNode results = answer.get("results");
    assertThat(results.findValuesAsText("ok"))
        .containsExactly("true", "true", "false", "false", "false", "true");
    assertThat(results.get(1).get("duplicate").booleanValue()).isTrue();
    assertThat(results.get(2).get("status").intValue()).isEqualTo(409);
    assertThat(results.get(3).get("code").textValue()).isEqualTo("missing_event_type");
    assertThat(results.get(4).get("code").textValue()).isEqualTo("unstorable_event");
    assertThat(payloads()).hasSize(3);
  }

  @Test
  void aPackThatIsSentAgainIsAllDuplicates() {
    String event = "{\"event_type\":\"a\",\"event_id\":\"e%d\"}";
    String body =
        "{\"events\":["
            + String.join(",", IntStream.range(0, 100).mapToObj(event::formatted).toList())
            + "]}";
    assertThat(read(postSigned(INGEST, body)).get("ok").booleanValue()).isTrue();
    JsonNode again = read(postSigned(INGEST, body));
    assertThat(again.get("ok").booleanValue()).isTrue();
    assertThat(again.get("results").findValuesAsText("duplicate"))
        .hasSize(100)
        .containsOnly("true");
    assertThat(payloads()).hasSize(100);
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

  private JsonNode read(HttpResponse<String> response) {
    try {
      return json.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  private List<String> payloads() {
    return jdbc().queryForList("select payload::text from public.audit_event", String.class);
  }
}
