package net.insightpulseai.bridge.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import net.insightpulseai.bridge.cursor.Bookmark;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Keeps the position of a body; the answer is where the subscriber is now. */
@Component("acknowledgePull")
class AcknowledgePull implements Processor {

  private static final int LONGEST = 100;

  private final ObjectMapper json;
  private final PullReader reader;

  AcknowledgePull(@Qualifier("exactJson") ObjectMapper json, PullReader reader) {
    this.json = json;
    this.reader = reader;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    BodyFields fields = BodyFields.of(message.getBody(byte[].class), json);
    fields.refuseOthers(Set.of("position"));
    String text = fields.text("position", LONGEST);
    Bookmark reached = text == null ? null : Bookmark.parse(text);
    if (reached == null) {
      throw BodyFields.bad("position", "that of an earlier answer, as it is");
    }
    Bookmark now = reader.acknowledge(Subscriber.of(exchange).id(), reached);
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(answer(now).getBytes(UTF_8));
  }

  static String answer(Bookmark now) {
    return "{\"ok\":true,\"position\":\"" + now.text() + "\"}";
  }
}
