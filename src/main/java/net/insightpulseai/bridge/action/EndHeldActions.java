package net.insightpulseai.bridge.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.outbox.HeldActions;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Releases or discards held actions: the one of the body's {@code id}, or all. Only counts them
 * unless the body has {@code "dry_run":false}.
 */
class EndHeldActions implements Processor {

  private static final Set<String> KNOWN = Set.of("who", "why", "id", "dry_run");

  private final HeldActions.Act act;
  private final HeldActions held;
  private final ObjectMapper json;

  EndHeldActions(HeldActions.Act act, HeldActions held, ObjectMapper json) {
    this.act = act;
    this.held = held;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    BodyFields fields = BodyFields.of(exchange.getMessage().getBody(byte[].class), json);
    fields.refuseOthers(KNOWN);
    Operator operator = Operator.of(fields);
    Long id = id(fields);
    boolean dryRun = !Boolean.FALSE.equals(fields.flag("dry_run"));
    int matched = dryRun ? held.count(id) : act.on(id, operator.who(), operator.why());
    String answer =
        json.createObjectNode()
            .put("ok", true)
            .put("dry_run", dryRun)
            .put("matched", matched)
            .toString();
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(answer.getBytes(UTF_8));
  }

  private static @Nullable Long id(BodyFields fields) {
    JsonNode id = fields.value("id");
    if (id == null) {
      return null;
    }
    if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() < 1) {
      throw BodyFields.bad("id", "the id of an action");
    }
    return id.longValue();
  }
}
