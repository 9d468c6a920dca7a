package net.insightpulseai.bridge.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import net.insightpulseai.bridge.outbox.ClaimedRow;
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

  private static final String PAYLOAD = "{\"action\":\"x.y\",\"args\":{\"name\":\"Zoë\"}}";

  private Outcome judgement = Outcome.dead("rejected", "no");

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    camel.getRegistry().bind("decideOutcome", (Processor) exchange -> judgement.setOn(exchange));
    camel.getRegistry().bind("decideDelivery", (Processor) exchange -> {});
    camel.getRegistry().bind("prepareDeadLetter", new PrepareDeadLetter());
    for (String file : new String[] {"caller-errors", "delivery-errors", "dead-letter"}) {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/" + file + ".camel.yaml"));
    }
    return camel;
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

  private Exchange send(String uri) {
    return template.request(
        uri,
        exchange -> {
          exchange.setVariable(
              ClaimedRow.VARIABLE,
              new ClaimedRow(
                  1,
                  1,
                  "odoo",
                  "",
                  "key",
                  1,
                  null,
                  UUID.randomUUID(),
                  0,
                  null,
                  java.time.Instant.now(),
                  PAYLOAD));
          exchange.getMessage().setBody(PAYLOAD);
        });
  }

  @Test
  void anExceptionIsJudgedAndTheLetterHoldsWhatCameFromTheQueue() {
    Exchange exchange = send("direct:failing");
    assertThat(exchange.getException()).isNull();
    assertThat(Outcome.of(exchange)).isEqualTo(judgement);
    assertThat(new String(DeadLetter.of(exchange).payload(), UTF_8)).isEqualTo(PAYLOAD);
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
              e.setVariable(
                  ClaimedRow.VARIABLE,
                  new ClaimedRow(
                      1,
                      1,
                      "odoo",
                      "",
                      "key",
                      1,
                      null,
                      UUID.randomUUID(),
                      0,
                      null,
                      java.time.Instant.now(),
                      PAYLOAD));
            });
    assertThat(Outcome.of(exchange)).isEqualTo(already);
    assertThat(new String(DeadLetter.of(exchange).payload(), UTF_8)).isEqualTo(PAYLOAD);
  }
}
