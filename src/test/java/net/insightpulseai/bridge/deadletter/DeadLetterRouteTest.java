package net.insightpulseai.bridge.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.encryption.Encryption;
import net.insightpulseai.bridge.encryption.TestEncryption;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.DeadLetter;
import net.insightpulseai.bridge.outbox.Outcome;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** The shipped routes dead-letter and delivery-errors, behind a route that fails. */
class DeadLetterRouteTest extends CamelTestSupport {

  static final String PAYLOAD = "{\"action\":\"x.y\",\"args\":{\"name\":\"Zoë\"}}";

  private Encryption encryption;
  private Outcome judgement = Outcome.dead("rejected", "no");

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    camel.getRegistry().bind("decideOutcome", (Processor) exchange -> judgement.setOn(exchange));
    camel.getRegistry().bind("decideBatch", (Processor) exchange -> {});
    encryption = TestEncryption.bind(camel, keys());
    camel.getRegistry().bind("prepareDeadLetter", new PrepareDeadLetter());
    camel.getRegistry().bind("encryptPayload", new EncryptPayload(encryption));
    for (String file : List.of("caller-errors", "delivery-errors", "dead-letter")) {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(
              ResourceHelper.resolveResource(camel, "file:routes/errors/" + file + ".camel.yaml"));
    }
    return camel;
  }

  /** The operator's keys. */
  String[] keys() {
    return new String[0];
  }

  Encryption encryption() {
    return encryption;
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:failing")
            .routeConfigurationId("delivery-errors")
            .setBody(constant("half done"))
            .process(
                exchange -> {
                  throw new IllegalStateException("broken");
                });
      }
    };
  }

  Exchange send(String uri) {
    return template.request(
        uri,
        exchange -> {
          exchange.setVariable(RouteVariables.ROW, row());
          exchange.getMessage().setBody(PAYLOAD);
        });
  }

  static ClaimedRow row() {
    return new ClaimedRow(
        1, 1, "odoo", "", "key", 1, null, UUID.randomUUID(), 0, null, null, Instant.now(), PAYLOAD);
  }

  @Test
  void anExceptionIsJudgedAndTheLetterHoldsWhatCameFromTheQueue() {
    Exchange exchange = send("direct:failing");
    assertThat(exchange.getException()).isNull();
    assertThat(Outcome.of(exchange)).isEqualTo(judgement);
    assertThat(payload(exchange)).isEqualTo(PAYLOAD);
  }

  @Test
  void whatIsTriedAgainHasNoLetter() {
    judgement = Outcome.retry("busy", "later", Duration.ofSeconds(1));
    Exchange exchange = send("direct:failing");
    assertThat(Outcome.of(exchange)).isEqualTo(judgement);
    assertThat(DeadLetter.of(exchange)).isNull();
  }

  @Test
  void aRowThatWasJudgedAlreadyIsNotJudgedAgain() {
    Outcome already = Outcome.dead("expired", "too late");
    Exchange exchange =
        template.request(
            "direct:dead-letter",
            e -> {
              already.setOn(e);
              e.setVariable(RouteVariables.ROW, row());
            });
    assertThat(Outcome.of(exchange)).isEqualTo(already);
    assertThat(payload(exchange)).isEqualTo(PAYLOAD);
  }

  /** What the letter holds, as an operator would read it. */
  String payload(Exchange exchange) {
    DeadLetter letter = DeadLetter.of(exchange);
    assertThat(letter.keyId()).isNull();
    return new String(letter.payload(), UTF_8);
  }
}
