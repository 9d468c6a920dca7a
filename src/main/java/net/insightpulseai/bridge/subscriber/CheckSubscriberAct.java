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
 * Whether a statement did what it was for. Then its subscriber's id is the variable {@code
 * subscriberId} and the body, to look it up.
 */
@Component("checkSubscriberAct")
class CheckSubscriberAct implements Processor {

  private final SubscriberCache book;

  CheckSubscriberAct(SubscriberCache book) {
    this.book = book;
  }

  @Override
  public void process(Exchange exchange) {
    SubscriberRow row = SubscriberRow.of(exchange);
    switch (row.text("word")) {
      case "done" -> {
        book.forget();
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("id", row.number("id"));
        parameters.put("name", null);
        exchange.setVariable(RouteVariables.SUBSCRIBER_ID, row.number("id"));
        exchange.getMessage().setBody(parameters);
      }
      case "owned_by_file" -> throw SubscriberRow.ownedByFile();
      case "name_taken" ->
          throw new Refusal(409, "name_taken", "There is another subscriber with this name");
      case "odoo_taken" ->
          throw new Refusal(409, "odoo_taken", "There is one Odoo, and it is a subscriber already");
      case "too_many" ->
          throw new Refusal(409, "too_many", "There are 1000 subscribers; more are not possible");
      default ->
          throw new Refusal(
              409, "changed_meanwhile", "It was changed at the same time; look, and send it again");
    }
  }
}
