package net.insightpulseai.bridge.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.Response;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Writes the result of a test: whether it worked, what was answered and how long it took. */
@Component("writePing")
class WritePing implements Processor {

  private final Clock clock;

  WritePing(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    Outcome outcome = Outcome.of(exchange);
    Response response = outcome == null ? null : outcome.response();
    Instant started = exchange.getVariable(RouteVariables.TEST_STARTED, Instant.class);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("ok", outcome != null && outcome.kind() == Outcome.Kind.DONE);
    answer.put("status", response == null ? null : response.status());
    answer.put("duration_ms", Duration.between(started, clock.instant()).toMillis());
    answer.put("excerpt", response == null ? null : response.body());
    answer.put(
        "error",
        outcome == null
            ? "the route set no outcome; it must end with decideOutcome"
            : outcome.error());
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(answer.toString().getBytes(UTF_8));
  }
}
