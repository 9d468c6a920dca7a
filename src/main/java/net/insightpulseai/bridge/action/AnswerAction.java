package net.insightpulseai.bridge.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Answers with the status and the body of Odoo's answer; with 202 while the action is open, and
 * with 502 if it finally failed without an answer. A failed action never answers 2xx.
 */
@Component("answerAction")
class AnswerAction implements Processor {

  private final ObjectMapper json;

  AnswerAction(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    QueuedAction action = exchange.getVariable(RouteVariables.QUEUED_ACTION, QueuedAction.class);
    Message message = exchange.getMessage();
    ActionOutcome outcome = message.getBody(ActionOutcome.class);
    message.setHeader("Location", action.location());
    message.setHeader("x-correlation-id", action.correlationId());
    if (outcome == null) {
      answer(message, 202, "application/json", open(action));
    } else if (outcome.responseStatus() == null) {
      int status = outcome.applied() ? 200 : 502;
      answer(message, status, "application/json", unanswered(action, outcome));
    } else {
      String body = outcome.responseBody() == null ? "" : outcome.responseBody();
      answer(message, status(outcome, outcome.responseStatus()), contentType(body), body);
    }
  }

  private static int status(ActionOutcome outcome, int responseStatus) {
    boolean success = responseStatus >= 200 && responseStatus < 300;
    return success && !outcome.applied() ? 502 : responseStatus;
  }

  private String open(QueuedAction action) {
    ObjectNode body = json.createObjectNode().put("ok", true).put("id", action.id());
    return body.put("status", "queued").put("correlation_id", action.correlationId()).toString();
  }

  private String unanswered(QueuedAction action, ActionOutcome outcome) {
    ObjectNode body = json.createObjectNode().put("ok", outcome.applied());
    if (!outcome.applied()) {
      body.put("code", code(outcome));
      body.put("message", orElse(outcome.error(), "The action failed without an answer"));
    }
    body.put("id", action.id()).put("correlation_id", action.correlationId());
    return body.toString();
  }

  private static String code(ActionOutcome outcome) {
    boolean cancelled = orElse(outcome.error(), "").startsWith("cancelled");
    return cancelled ? "cancelled" : orElse(outcome.reason(), "failed");
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  private String contentType(String body) {
    try {
      json.readTree(body);
      return body.isBlank() ? "text/plain;charset=utf-8" : "application/json";
    } catch (JsonProcessingException e) {
      return "text/plain;charset=utf-8";
    }
  }

  private static void answer(Message message, int status, String contentType, String body) {
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_TYPE, contentType);
    message.setBody(body.getBytes(UTF_8));
  }
}
