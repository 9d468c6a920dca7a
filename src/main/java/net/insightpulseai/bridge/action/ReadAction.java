package net.insightpulseai.bridge.action;

import java.time.Duration;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns the bytes of a body into the parameters of {@code sql/action/enqueue.sql}, and sets the
 * variable {@code waitFor}, how long to wait.
 */
@Component("readAction")
class ReadAction implements Processor {

  private final ActionReader reader;
  private final WaitSettings settings;

  ReadAction(ActionReader reader, WaitSettings settings) {
    this.reader = reader;
    this.settings = settings;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    byte[] body = message.getBody(byte[].class);
    ActionRequest request =
        reader.read(
            body == null ? new byte[0] : body,
            header(exchange),
            exchange.getVariable(RouteVariables.SIGNED_ID, String.class));
    TraceContext trace = TraceContext.of(exchange);
    request.columns().put("traceparent", trace == null ? null : trace.traceparent());
    request.columns().put("tracestate", trace == null ? null : trace.tracestate());
    exchange.setVariable(
        RouteVariables.WAIT_FOR,
        shortest(
            settings.atMost(),
            request.atMost(),
            requested(message.getHeader("wait")),
            WaitFor.preferred(message.getHeader("Prefer", String.class))));
    message.setBody(request.columns());
  }

  /** The header of a request; an action that came in another way has none. */
  private static @Nullable String header(Exchange exchange) {
    ClientRequest request = ClientRequest.find(exchange);
    return request == null ? null : IdempotencyHeader.read(request);
  }

  /** The query parameter {@code wait}; a header of that name counts as well. */
  private static @Nullable Duration requested(@Nullable Object wait) {
    if (wait == null) {
      return null;
    }
    Duration duration = WaitFor.seconds(wait.toString());
    if (duration == null) {
      throw BodyFields.bad("wait", WaitFor.EXPECTED);
    }
    return duration;
  }

  private static Duration shortest(Duration limit, @Nullable Duration... limits) {
    Duration wait = limit;
    for (Duration one : limits) {
      if (one != null && one.compareTo(wait) < 0) {
        wait = one;
      }
    }
    return wait;
  }
}
