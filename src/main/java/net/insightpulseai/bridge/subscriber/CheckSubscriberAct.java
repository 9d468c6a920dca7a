package net.insightpulseai.bridge.subscriber;

import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks the result of a statement. On success the subscriber's id becomes the variable {@code
 * subscriberId} and the parameter of the look-up that follows.
 */
@Component("checkSubscriberAct")
class CheckSubscriberAct implements Processor {

  private final SubscriberCache cache;

  CheckSubscriberAct(SubscriberCache cache) {
    this.cache = cache;
  }

  @Override
  public void process(Exchange exchange) {
    SubscriberRow row = SubscriberRow.of(exchange);
    switch (row.text("word")) {
      case "done" -> {
        cache.forget();
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("id", row.number("id"));
        parameters.put("name", null);
        exchange.setVariable(RouteVariables.SUBSCRIBER_ID, row.number("id"));
        exchange.getMessage().setBody(parameters);
      }
      case "owned_by_file" -> throw SubscriberRow.ownedByFile();
      case "name_taken" ->
          throw new Refusal(409, "name_taken", "Another subscriber already has this name");
      case "odoo_taken" ->
          throw new Refusal(
              409, "odoo_taken", "There is only one Odoo, and it is already a subscriber");
      case "copy" ->
          throw new Refusal(
              409,
              "paused_as_copy",
              "It is paused because this database is a copy; pair it with POST /bridge/pairing");
      case "too_many" ->
          throw new Refusal(
              409, "too_many", "There are 1000 subscribers already, which is the limit");
      default ->
          throw new Refusal(
              409,
              "changed_meanwhile",
              "It was changed at the same time; read it, then send your change again");
    }
  }
}
