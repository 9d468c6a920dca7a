package net.insightpulseai.bridge.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import net.insightpulseai.bridge.cursor.Bookmark;
import net.insightpulseai.bridge.cursor.Position;
import net.insightpulseai.bridge.cursor.StartPosition;
import net.insightpulseai.bridge.cursor.SubscriberPositions;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Moves a subscriber back or onward, as the body says; the answer is where it is then. */
@Component("movePosition")
class MovePosition implements Processor {

  private final ObjectMapper json;
  private final StartPosition start;
  private final SubscriberPositions positions;

  MovePosition(
      @Qualifier("exactJson") ObjectMapper json,
      StartPosition start,
      SubscriberPositions positions) {
    this.json = json;
    this.start = start;
    this.positions = positions;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    BodyFields fields = BodyFields.of(message.getBody(byte[].class), json);
    fields.refuseOthers(Set.of("from", "who", "why"));
    Operator operator = Operator.of(fields);
    Position wanted = wanted(fields.value("from"));
    Bookmark moved =
        positions.move(Subscriber.of(exchange).id(), wanted, operator.who(), operator.why());
    if (moved == null) {
      throw new Refusal(
          409, "changed_meanwhile", "It was deleted or changed at the same time; try again");
    }
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(AcknowledgePull.answer(moved).getBytes(UTF_8));
  }

  private Position wanted(@Nullable JsonNode from) {
    Position position = start.of(from);
    if (position == null) {
      throw BodyFields.bad("from", StartPosition.EXPECTED);
    }
    return position;
  }
}
