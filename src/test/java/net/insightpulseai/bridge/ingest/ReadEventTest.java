package net.insightpulseai.bridge.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.signature.Audience;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class ReadEventTest {

  private final ObjectMapper json = ExactJson.mapper();
  private final ReadEvent readEvent =
      new ReadEvent(json, new EventReader(json), Events.unkeyed(Duration.ZERO));

  @AfterEach
  void clearMdc() {
    MDC.clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "event_type=a", "{\"event_type\":\"a\"} x", "{\"a\":NaN}"})
  void whatIsNotJsonIsRefusedWithoutQuotingIt(String body) {
    Refusal refusal = refusalOf(body.getBytes(UTF_8));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isEqualTo("invalid_json");
    assertThat(refusal.getMessage()).doesNotContain("event_type").doesNotContain("NaN");
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    assertThat(refusalOf("{\"event_type\":\"é\"}".getBytes(ISO_8859_1)).code())
        .isEqualTo("invalid_json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "[{\"event_type\":\"a\"}]", "\"a\""})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertThat(refusalOf(body.getBytes(UTF_8)).status()).isEqualTo(400);
  }

  @Test
  void aPackIsReadEventByEvent() {
    EventRequest request =
        read("{\"events\":[{\"event_type\":\"a\"},{\"event_type\":5},7,{\"event_type\":\"b\"}]}");
    assertThat(request.packed()).isTrue();
    assertThat(request.elements()).hasSize(4);
    assertThat(request.events()).extracting(Event::eventType).containsExactly("a", "b");
    assertThat(request.elements().get(1)).isInstanceOf(RejectedEvent.class);
    assertThat(request.elements().get(2)).isInstanceOf(RejectedEvent.class);
  }

  @Test
  void anEventHasTheSameHashAloneAndPacked() {
    String event = "{\"payload\":{\"b\":1.50,\"a\":9007199254740993},\"event_type\":\"a\"}";
    assertThat(read("{\"events\":[" + event + "]}").events().get(0).bodySha256())
        .isEqualTo(read(event).events().get(0).bodySha256());
  }

  @Test
  void anEventMayHaveAFieldNamedEvents() {
    assertThat(read("{\"event_type\":\"a\",\"events\":[1]}").packed()).isFalse();
    assertThat(refusalOf("{\"events\":{}}".getBytes(UTF_8))).hasMessage("Missing event_type");
  }

  @Test
  void aPackHoldsOneTo100Events() {
    String event = "{\"event_type\":\"a\"}";
    assertThat(read("{\"events\":[" + (event + ",").repeat(99) + event + "]}").events())
        .hasSize(100);
    assertThat(
            refusalOf(("{\"events\":[" + (event + ",").repeat(100) + event + "]}").getBytes(UTF_8))
                .code())
        .isEqualTo("invalid_events");
    assertThat(refusalOf("{\"events\":[]}".getBytes(UTF_8)).code()).isEqualTo("invalid_events");
  }

  @Test
  void aBodyForAnotherEndpointIsRefused() {
    Refusal refusal =
        refusalOf("{\"event_type\":\"a\",\"audience\":\"odoo.apply\"}".getBytes(UTF_8));
    assertThat(refusal.status()).isEqualTo(401);
    assertThat(read("{\"event_type\":\"a\",\"audience\":\"bridge.ingest\"}").events()).hasSize(1);
    EventRequest pack = read("{\"events\":[{\"event_type\":\"a\",\"audience\":\"odoo.apply\"}]}");
    assertThat(pack.elements().get(0)).isInstanceOf(RejectedEvent.class);
  }

  @Test
  void packedEventsWithoutAnIdAreRecognisedByTheirPlaceUnderTheSignedId() {
    EventRequest request =
        readEvent.read(
            "{\"events\":[{\"event_type\":\"a\"},{\"event_type\":\"b\",\"event_id\":\"own\"}]}"
                .getBytes(UTF_8),
            "odoo",
            Audience.INGEST,
            "msg_1",
            null);
    assertThat(request.events()).extracting(Event::eventId).containsExactly("msg_1#0", "own");
  }

  @Test
  void anIdOfAnUnsignedHeaderIsNotAnEventsId() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      Exchange exchange = exchange(context);
      exchange.getMessage().setHeader("webhook-id", "unsigned");
      exchange.getMessage().setHeader("x-idempotency-key", "unsigned");
      readEvent.process(exchange);
      Event event = exchange.getMessage().getBody(EventRequest.class).events().get(0);
      assertThat(event.eventId()).isNull();
      assertThat(event.source()).isEqualTo("supabase");
    }
  }

  @Test
  void logsCarryTheCorrelationIdFromHereOn() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      Exchange exchange = exchange(context);
      readEvent.process(exchange);
      Event event = exchange.getMessage().getBody(EventRequest.class).events().get(0);
      assertThat(MDC.get("correlation_id")).isEqualTo(event.correlationId().toString());
    }
  }

  private static Exchange exchange(DefaultCamelContext context) {
    Exchange exchange = new DefaultExchange(context);
    exchange.setVariable("source", "supabase");
    exchange.setVariable("audience", Audience.EVENT);
    exchange.getMessage().setBody("{\"event_type\":\"a\"}".getBytes(UTF_8));
    return exchange;
  }

  private EventRequest read(String body) {
    return readEvent.read(body.getBytes(UTF_8), "odoo", Audience.INGEST, null, null);
  }

  private Refusal refusalOf(byte[] body) {
    return catchThrowableOfType(
        Refusal.class, () -> readEvent.read(body, "odoo", Audience.INGEST, null, null));
  }
}
