package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several events in one request. */
class EventPackTest extends IngestRouteFixture {

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
}
