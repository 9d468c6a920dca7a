package net.insightpulseai.bridge.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.PathPart;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The rows of {@code sql/lookup/trace.sql} become one answer: the causes, then what happened. */
@Component("writeTrace")
class WriteTrace implements Processor {

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    List<?> rows = message.getMandatoryBody(List.class);
    String id = exchange.getVariable(RouteVariables.CORRELATION_ID, String.class);
    if (rows.isEmpty()) {
      throw PathPart.notFound("Nothing is recorded with the correlation id " + id);
    }
    Map<?, ?> last = (Map<?, ?>) rows.get(rows.size() - 1);
    String text =
        "{\"ok\":true,\"correlation_id\":\""
            + id
            + "\",\"caused_by\":["
            + lines(rows, true)
            + "],\"story\":["
            + lines(rows, false)
            + "],\"truncated\":"
            + last.get("more")
            + "}";
    message.setHeader(Exchange.CONTENT_TYPE, Format.JSON.contentType());
    message.setBody(text.getBytes(UTF_8));
  }

  private static String lines(List<?> rows, boolean cause) {
    return rows.stream()
        .map(row -> (Map<?, ?>) row)
        .filter(row -> Objects.equals(row.get("cause"), cause))
        .map(row -> String.valueOf(row.get("line")))
        .collect(Collectors.joining(","));
  }
}
