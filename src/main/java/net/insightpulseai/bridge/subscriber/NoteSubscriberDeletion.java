package net.insightpulseai.bridge.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Records what one step of a deletion did, and makes the answer after the last one. */
@Component("noteSubscriberDeletion")
class NoteSubscriberDeletion implements Processor {

  private final SubscriberCache cache;

  NoteSubscriberDeletion(SubscriberCache cache) {
    this.cache = cache;
  }

  @Override
  public void process(Exchange exchange) {
    SubscriberRow row = SubscriberRow.of(exchange);
    SubscriberDeletion deletion =
        exchange.getVariable(RouteVariables.DELETION, SubscriberDeletion.class).after(row);
    exchange.setVariable(RouteVariables.DELETION, deletion);
    if (deletion.unfinished()) {
      return;
    }
    switch (row.text("word")) {
      case "deleted" -> answer(exchange.getMessage(), deletion, row);
      case "owned_by_file" -> throw SubscriberRow.ownedByFile();
      case "undelivered" ->
          throw new Refusal(
              409,
              "undelivered",
              "%d deliveries wait, %d are in flight and %d dead letters are open; to discard them, delete with discard=true"
                  .formatted(row.number("waiting"), row.number("in_flight"), row.number("dead")));
      default ->
          throw new Refusal(
              409,
              "unfinished",
              "%d deliveries and %d dead letters were discarded and more are left; send the request again"
                  .formatted(deletion.discarded(), deletion.resolved()));
    }
  }

  private void answer(Message message, SubscriberDeletion deletion, SubscriberRow row) {
    cache.forget();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("ok", true);
    answer.put("id", row.number("id"));
    answer.put("name", row.text("name"));
    answer.put("discarded", deletion.discarded());
    answer.put("dead_letters_discarded", deletion.resolved());
    answer.put("in_flight", row.number("in_flight"));
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(answer.toString().getBytes(UTF_8));
  }
}
