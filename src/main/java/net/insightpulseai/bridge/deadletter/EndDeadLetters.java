package net.insightpulseai.bridge.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.deadletter.DeadLetters.Tally;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.outbox.DeadRows.Act;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends all open dead letters that the filters in the body find. Only counts them unless the body
 * has {@code "dry_run":false}; without a filter the body needs {@code "all":true}.
 */
class EndDeadLetters implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(EndDeadLetters.class);

  private final Resolution how;
  private final DeadLetters letters;
  private final ObjectMapper json;

  EndDeadLetters(Resolution how, DeadLetters letters, ObjectMapper json) {
    this.how = how;
    this.letters = letters;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    BodyFields fields = BodyFields.of(exchange.getMessage().getBody(byte[].class), json);
    fields.refuseOthers(known());
    Operator operator = Operator.of(fields);
    DeadLetterFilter filter = DeadLetterFilter.of(fields);
    if (filter.isEmpty() && !Boolean.TRUE.equals(fields.flag("all"))) {
      throw new Refusal(
          400,
          "missing_filter",
          "Without a filter this would apply to every open dead letter; to do that, send"
              + " \"all\":true");
    }
    boolean force = Boolean.TRUE.equals(fields.flag("force"));
    boolean dryRun = !Boolean.FALSE.equals(fields.flag("dry_run"));
    Act act = new Act(operator.who(), operator.why(), force, dryRun);
    Tally tally = letters.endAll(how, filter, act);
    if (!dryRun) {
      LOG.info(
          "{} dead letters ended by {}: {}", tally.matched(), operator.who(), tally.outcomes());
    }
    ObjectNode answer = json.createObjectNode().put("ok", true).put("dry_run", dryRun);
    answer.put("matched", tally.matched());
    ObjectNode outcomes = answer.putObject("outcomes");
    tally.outcomes().forEach(outcomes::put);
    answer.put("complete", tally.complete());
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(answer.toString().getBytes(UTF_8));
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(DeadLetterFilter.NAMES);
    known.addAll(List.of("who", "why", "dry_run", "all"));
    if (how == Resolution.REQUEUED) {
      known.add("force");
    }
    return known;
  }
}
