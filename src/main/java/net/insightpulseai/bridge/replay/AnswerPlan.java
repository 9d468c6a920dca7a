package net.insightpulseai.bridge.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Answers the result of {@code sql/replay/plan.sql}: 200 with the counts of a dry run, 202 with the
 * address of the job, or why there is none.
 */
@Component("answerPlan")
class AnswerPlan implements Processor {

  private final ObjectMapper json;

  AnswerPlan(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException, JsonProcessingException {
    ReplayRequest request = exchange.getVariable(RouteVariables.REPLAY, ReplayRequest.class);
    Message message = exchange.getMessage();
    Map<?, ?> plan = message.getMandatoryBody(Map.class);
    requireSubscriber(request, plan);
    Object job = plan.get("job");
    if (!request.dryRun() && job == null) {
      throw whyNot(plan);
    }
    ObjectNode answer = json.createObjectNode().put("ok", true).put("dry_run", request.dryRun());
    if (job != null) {
      answer.put("id", number(plan, "job")).put("status", "running");
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
      message.setHeader("Location", "/bridge/replays/" + job);
    }
    answer.set("filter", tree(request.parameters(), "filter"));
    answer.put("rate", number(request.parameters(), "rate"));
    answer.put("selected", number(plan, "selected"));
    answer.put("events", number(plan, "events"));
    answer.put("deliveries", number(plan, "deliveries"));
    answer.set("by_subscriber", tree(plan, "by_subscriber"));
    JsonNode missing = tree(plan, "missing");
    if (!missing.isEmpty()) {
      answer.set("missing", missing);
    }
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(answer.toString().getBytes(UTF_8));
  }

  private static void requireSubscriber(ReplayRequest request, Map<?, ?> plan) {
    if (request.subscriber() == null) {
      return;
    }
    if (number(plan, "subscribers") == 0) {
      throw new Refusal(
          422,
          "unknown_subscriber",
          "There is no such subscriber; expected the id or the name of one");
    }
    if ("disabled".equals(plan.get("state"))) {
      throw new Refusal(
          409,
          "subscriber_disabled",
          "The subscriber is disabled, so nothing is delivered to it; resume it first");
    }
  }

  private static Refusal whyNot(Map<?, ?> plan) {
    if (number(plan, "deliveries") == 0) {
      return new Refusal(
          422,
          "nothing_to_replay",
          "No stored event of this selection would be delivered; dry_run shows why");
    }
    Object same = plan.get("same_job");
    return new Refusal(
        409,
        "already_running",
        "The same replay has not finished yet"
            + (same == null ? "" : "; see /bridge/replays/" + same));
  }

  private JsonNode tree(Map<?, ?> row, String column) throws JsonProcessingException {
    return json.readTree(String.valueOf(row.get(column)));
  }

  private static long number(Map<?, ?> row, String column) {
    return row.get(column) instanceof Number number ? number.longValue() : 0;
  }
}
