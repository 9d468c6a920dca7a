package net.insightpulseai.bridge.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.outbox.DeadRows.Act;
import net.insightpulseai.bridge.outbox.DeadRows.Judged;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the dead letter in the path; answers the outcome, or 409 with the reason. */
class EndDeadLetter implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(EndDeadLetter.class);

  private final Resolution how;
  private final DeadLetters letters;
  private final ObjectMapper json;

  EndDeadLetter(Resolution how, DeadLetters letters, ObjectMapper json) {
    this.how = how;
    this.letters = letters;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    long id = PathPart.id(exchange);
    BodyFields fields = BodyFields.of(exchange.getMessage().getBody(byte[].class), json);
    List<String> known = new ArrayList<>(List.of("who", "why"));
    if (how == Resolution.REQUEUED) {
      known.add("force");
    }
    fields.refuseOthers(known);
    Operator operator = Operator.of(fields);
    boolean force = Boolean.TRUE.equals(fields.flag("force"));
    Judged judged = letters.end(how, id, new Act(operator.who(), operator.why(), force, false));
    if (judged == null) {
      throw PathPart.notFound("There is no dead letter with this id");
    }
    LOG.info("Dead letter {} ended by {}: {}", id, operator.who(), judged.outcome());
    if (!judged.outcome().equals(how.word())) {
      throw new Refusal(409, judged.outcome(), OutcomeMessage.of(judged));
    }
    ObjectNode answer = json.createObjectNode().put("ok", true).put("id", id);
    answer.put("outcome", judged.outcome()).put("row_id", judged.rowId());
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(answer.toString().getBytes(UTF_8));
  }
}
