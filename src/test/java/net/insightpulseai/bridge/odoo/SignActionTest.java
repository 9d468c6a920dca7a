package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.ingest.ExactJson;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.signature.OutboundSignature;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class SignActionTest {

  private static final UUID CORRELATION = UUID.fromString("7d2c6f0e-6a55-4f4f-9f59-0d1f3f5f6a11");
  private static final String OURS =
      "\"idempotency_key\":\"key-1\",\"correlation_id\":\"7d2c6f0e-6a55-4f4f-9f59-0d1f3f5f6a11\","
          + "\"hop\":3,\"audience\":\"odoo.apply\",\"timestamp\":1795780800";

  /** The bean as the bridge makes it, for these settings and with a clock that stands. */
  static SignAction signing(OdooSettings settings) {
    OutboundSignature signature =
        new OutboundSignature(
            new SignatureSettings(BridgeTest.SECRET, List.of(), "", Duration.ofMinutes(5)));
    Clock clock = Clock.fixed(Instant.parse("2026-11-27T12:00:00.999Z"), ZoneOffset.UTC);
    ObjectMapper json = ExactJson.mapper();
    return new SignAction(new SignedCall(settings, signature, json, clock), json);
  }

  @Test
  void numbersKeepEveryDigit() {
    String args =
        "{\"big\":123456789012345678901234567890,\"price\":0.10000,\"tiny\":1.0E-30,"
            + "\"id\":9007199254740993,\"list\":[1,1.0,1.00]}";

    assertThat(body(sign("{\"id\":5,\"action\":\"a.b\",\"args\":" + args + "}", "key-1")))
        .isEqualTo("{\"action\":\"a.b\",\"args\":" + args + "," + OURS + "}");
  }

  @Test
  void theVeryBytesThatAreSentAreSigned() {
    Exchange signed = sign("{\"action\":\"a.b\",\"args\":{\"name\":\"Müller €\"}}", "key-1");

    byte[] bytes = signed.getMessage().getBody(byte[].class);
    assertThat(new String(bytes, UTF_8)).contains("Müller €");
    assertThat(signed.getMessage().getHeader("x-signature")).isEqualTo(BridgeTest.sign(bytes));
  }

  @Test
  void extraKeysGoAlongButNeverInPlaceOfOurs() {
    String envelope = "{\"note\":\"n\",\"hop\":0,\"audience\":\"x\",\"args\":1,\"amount\":1.50}";

    assertThat(
            body(sign("{\"action\":\"a.b\",\"args\":{},\"envelope\":" + envelope + "}", "key-1")))
        .isEqualTo("{\"action\":\"a.b\",\"args\":{}," + OURS + ",\"note\":\"n\",\"amount\":1.50}");
  }

  @Test
  void onlyItsOwnHeadersAreSent() {
    Exchange exchange = sign("{\"action\":\"a.b\",\"args\":{},\"envelope\":null}", "key-1");

    assertThat(exchange.getMessage().getHeaders())
        .containsOnlyKeys(
            "Content-Type",
            "User-Agent",
            "x-api-key",
            "x-signature",
            "x-correlation-id",
            "Idempotency-Key",
            "X-Odoo-Database")
        .containsEntry("x-api-key", "token")
        .containsEntry("x-correlation-id", CORRELATION.toString())
        .containsEntry("X-Odoo-Database", "production");
  }

  @Test
  void aKeyThatCannotBeAHeaderIsSentInTheBodyOnly() {
    Exchange exchange = sign("{\"action\":\"a.b\",\"args\":{}}", "k\r\nx-api-key: other");

    assertThat(exchange.getMessage().getHeader("Idempotency-Key")).isNull();
    assertThat(body(exchange)).contains("\"idempotency_key\":\"k\\r\\nx-api-key: other\"");
  }

  @Test
  void whatCannotBeSentIsSaidWithoutRepeatingIt() {
    for (String payload :
        List.of("{\"action\":7,\"args\":{}}", "{\"action\":\"hush\"}", "hush", "{\"args\":{}}")) {
      assertThatThrownBy(() -> sign(payload, "key-1"))
          .isInstanceOf(Unsendable.class)
          .hasMessageNotContaining("hush");
    }
  }

  private static String body(Exchange exchange) {
    return new String(exchange.getMessage().getBody(byte[].class), UTF_8);
  }

  private static Exchange sign(String payload, String key) {
    OdooSettings settings =
        new OdooSettings(
            "http://127.0.0.1:1",
            "token",
            "production",
            Duration.ofSeconds(75),
            List.of(Duration.ofSeconds(2)),
            20,
            false);
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    ClaimedRow row =
        new ClaimedRow(
            5,
            1,
            "odoo",
            "",
            key,
            1,
            null,
            CORRELATION,
            2,
            null,
            null,
            java.time.Instant.now(),
            payload);
    exchange.setVariable(RouteVariables.ROW, row);
    exchange.getMessage().setHeader("authorization", "left over");
    exchange.getMessage().setBody(payload);
    try {
      signing(settings).process(exchange);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return exchange;
  }
}
