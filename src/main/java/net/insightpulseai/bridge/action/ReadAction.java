package net.insightpulseai.bridge.action;

import java.time.Duration;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.BodyFields;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Bytes in; out come the parameters of {@code sql/action/enqueue.sql} as the body, and how long to
 * wait as the variable {@code waitFor}.
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
            exchange.getVariable(RouteVariables.SIGNED_ID, String.class));
    exchange.setVariable(
        RouteVariables.WAIT_FOR,
        shortest(
            settings.atMost(),
            request.atMost(),
            asked(message.getHeader("wait")),
            WaitFor.preferred(message.getHeader("Prefer", String.class))));
    message.setBody(request.columns());
  }

  /** The query parameter {@code wait}; a request header of that name is taken for it, too. */
  private static @Nullable Duration asked(@Nullable Object wait) {
    if (wait == null) {
      return null;
    }
    Duration asked = WaitFor.seconds(wait.toString());
    if (asked == null) {
      throw BodyFields.bad("wait", WaitFor.EXPECTED);
    }
    return asked;
  }

  private static Duration shortest(Duration limit, @Nullable Duration... wishes) {
    Duration wait = limit;
    for (Duration wish : wishes) {
      if (wish != null && wish.compareTo(wait) < 0) {
        wait = wish;
      }
    }
    return wait;
  }
}
