package net.insightpulseai.bridge.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.egress.EgressRefused;
import net.insightpulseai.bridge.ingest.ExactJson;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.subscriber.NoLiveSecret;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.Subscriber.Format;
import net.insightpulseai.bridge.subscriber.Subscriber.Signature;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The request of one delivery. */
class SignDeliveryTest {

  private static final String NEW = secret("a new secret of thirty-two bytes");
  private static final String OLD = secret("an old secret, also 32 bytes lng");
  private static final String URL = "https://hooks.example/odoo?token=1";
  private static final UUID CORRELATION = UUID.randomUUID();
  private static final String EVENT =
      "{\"id\" : 7, \"event_id\" : \"evt_7\", \"event_type\" : \"res.partner.updated\","
          + " \"source\" : \"odoo\", \"resource_id\" : \"42\","
          + " \"payload\" : {\"name\": \"Zoë\", \"amount\": 12345678901234567890.1200},"
          + " \"changed\" : [\"name\"], \"correlation_id\" : \"c\","
          + " \"created_at\" : \"2026-11-22T10:00:00+00:00\","
          + " \"origin\" : {\"source\" : \"odoo\", \"correlation_id\" : \"c\", \"hop\" : 1}}";

  @Test
  void theSignatureIsWhatTheirLibraryExpects() throws Exception {
    Exchange sent = sign(TestWebhooks.at(URL, Format.FULL, Signature.STANDARD), List.of(NEW));

    new Webhook(NEW).verify(text(sent), headers(sent));
    assertThat(sent.getMessage().getHeader("webhook-id")).isEqualTo("evt_7");
    assertThatThrownBy(() -> new Webhook(OLD).verify(text(sent), headers(sent)))
        .hasMessageContaining("No matching signature");
  }

  @Test
  void whileASecretIsRotatedBothVerify() throws Exception {
    Exchange sent = sign(TestWebhooks.at(URL, Format.FULL, Signature.STANDARD), List.of(NEW, OLD));

    assertThatCode(() -> new Webhook(NEW).verify(text(sent), headers(sent)))
        .doesNotThrowAnyException();
    assertThatCode(() -> new Webhook(OLD).verify(text(sent), headers(sent)))
        .doesNotThrowAnyException();
    assertThat(sent.getMessage().getHeader("webhook-signature", String.class))
        .matches("v1,\\S+ v1,\\S+");
  }

  @Test
  void theOriginalContractsSchemeSignsTheBodyWithTheSecretsText() throws Exception {
    Exchange sent =
        sign(TestWebhooks.at(URL, Format.FULL, Signature.DOCUMENT), List.of("new", "old"));

    Map<String, Object> headers = sent.getMessage().getHeaders();
    assertThat(headers)
        .containsEntry("x-signature", BridgeTest.sign("new", EVENT.getBytes(UTF_8)))
        .containsEntry("x-signature-previous", BridgeTest.sign("old", EVENT.getBytes(UTF_8)))
        .containsEntry("webhook-id", "evt_7")
        .containsKey("webhook-timestamp")
        .doesNotContainKey("webhook-signature");
    assertThat(
            sign(TestWebhooks.at(URL, Format.FULL, Signature.DOCUMENT), List.of("new"))
                .getMessage()
                .getHeaders())
        .doesNotContainKey("x-signature-previous");
  }

  @Test
  void theWholeEventIsSentToTheLastDigitAsItIsStored() throws Exception {
    Exchange sent = sign(TestWebhooks.at(URL, Format.FULL, Signature.STANDARD), List.of(NEW));

    assertThat(text(sent)).isEqualTo(EVENT);
  }

  @Test
  void theThinMessageSaysWhatItIsAboutAndNothingOfIt() throws Exception {
    Exchange sent = sign(TestWebhooks.at(URL, Format.THIN, Signature.STANDARD), List.of(NEW));

    assertThat(text(sent))
        .isEqualTo(
            "{\"id\":7,\"event_id\":\"evt_7\",\"event_type\":\"res.partner.updated\","
                + "\"source\":\"odoo\",\"resource_id\":\"42\",\"correlation_id\":\"c\","
                + "\"created_at\":\"2026-11-22T10:00:00+00:00\","
                + "\"origin\":{\"source\":\"odoo\",\"correlation_id\":\"c\",\"hop\":1},"
                + "\"thin\":true}");
    assertThatCode(() -> new Webhook(NEW).verify(text(sent), headers(sent)))
        .doesNotThrowAnyException();
  }

  @Test
  void aDeliveryHasItsOwnHeadersAndNoOthers() throws Exception {
    Exchange sent = sign(TestWebhooks.at(URL, Format.FULL, Signature.STANDARD), List.of(NEW));

    assertThat(sent.getMessage().getHeaders())
        .containsOnlyKeys(
            "CamelHttpUri",
            "Content-Type",
            "User-Agent",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "webhook-attempt",
            "x-correlation-id")
        .containsEntry("CamelHttpUri", URL)
        .containsEntry("Content-Type", "application/json")
        .containsEntry("User-Agent", "odoo-supabase-bridge")
        .containsEntry("webhook-attempt", "3")
        .containsEntry("x-correlation-id", CORRELATION.toString());
  }

  @Test
  void aReplaySaysWhichOne() throws Exception {
    Exchange exchange =
        exchange(TestWebhooks.at(URL, Format.FULL, Signature.STANDARD), "evt_7", 12L);
    process(exchange, List.of(NEW));

    assertThat(exchange.getMessage().getHeaders())
        .containsEntry("webhook-replay-id", "12")
        .containsEntry("webhook-id", "evt_7");
  }

  // Query and path tricks: whatever was in the message, only the subscriber's url decides.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CamelHttpUri",
        "CamelHttpPath",
        "CamelHttpQuery",
        "CamelHttpRawQuery",
        "CamelHttpMethod",
        "CamelHttpHost",
        "CamelRestHttpUri",
        "CamelRestHttpQuery",
        "CamelHttpProtocolVersion",
        "Host",
        "Authorization",
        "Transfer-Encoding"
      })
  void nothingOfAnEarlierMessageSteersTheCall(String header) throws Exception {
    Exchange exchange =
        exchange(TestWebhooks.at(URL, Format.FULL, Signature.STANDARD), "evt_7", null);
    exchange.getMessage().setHeader(header, "http://169.254.169.254/");
    process(exchange, List.of(NEW));

    assertThat(exchange.getMessage().getHeaders().values())
        .doesNotContain("http://169.254.169.254/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evt_7\r\nX-Evil: 1", "", "evt 7", "evt\u00e9", "evt_\u0000"})
  void anIdThatIsNoHeaderIsNeverSent(String id) throws Exception {
    Exchange exchange = exchange(TestWebhooks.at(URL, Format.FULL, Signature.STANDARD), id, null);

    assertThatThrownBy(() -> process(exchange, List.of(NEW)))
        .isInstanceOf(Unsendable.class)
        .hasMessageContaining("webhook-id")
        .hasMessageNotContaining("Evil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "https://h.example/{{bridge.signature.secret}}", "https://h.example/\r\nX: 1"})
  void aUrlThatGotIntoTheTableUncheckedIsRefusedAsOurFault(String url) throws Exception {
    assertThatThrownBy(
            () -> sign(TestWebhooks.at(url, Format.FULL, Signature.STANDARD), List.of(NEW)))
        .isInstanceOf(EgressRefused.class)
        .hasMessageContaining("url: found");
  }

  @Test
  void nothingIsSentUnsigned() throws Exception {
    Subscriber subscriber = TestWebhooks.at(URL, Format.FULL, Signature.STANDARD);
    assertThatThrownBy(() -> sign(subscriber, List.of()))
        .isInstanceOf(NoLiveSecret.class)
        .hasMessageContaining("rotate the subscriber's secret");
    assertThatThrownBy(() -> sign(subscriber, List.of("whsec_not base64!")))
        .isInstanceOf(NoLiveSecret.class)
        .hasMessageNotContaining("not base64!");
    assertThatThrownBy(() -> sign(subscriber, List.of("whsec_"))).isInstanceOf(NoLiveSecret.class);
    assertThatThrownBy(
            () -> sign(TestWebhooks.at(URL, Format.FULL, Signature.DOCUMENT), List.of("")))
        .isInstanceOf(NoLiveSecret.class);
  }

  private static Exchange sign(Subscriber subscriber, List<String> secrets) throws EgressRefused {
    Exchange exchange = exchange(subscriber, "evt_7", null);
    process(exchange, secrets);
    return exchange;
  }

  private static void process(Exchange exchange, List<String> secrets) throws EgressRefused {
    new SignDelivery(
            subscriber -> secrets,
            subscriber -> Map.of(),
            new ThinMessage(ExactJson.mapper()),
            Clock.systemUTC(),
            SignDelivery.Content.EVENT)
        .process(exchange);
  }

  private static Exchange exchange(Subscriber subscriber, String id, Long replay) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setVariable(
        RouteVariables.ROW,
        new ClaimedRow(
            1,
            1,
            "subscriber:1",
            "",
            id,
            3,
            null,
            CORRELATION,
            0,
            null,
            replay,
            Instant.now(),
            EVENT));
    subscriber.setOn(exchange);
    return exchange;
  }

  private static String text(Exchange exchange) {
    return exchange.getMessage().getBody(String.class);
  }

  private static HttpHeaders headers(Exchange exchange) {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getMessage()
        .getHeaders()
        .forEach((name, value) -> headers.put(name, List.of(value.toString())));
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  private static String secret(String text) {
    return "whsec_" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
