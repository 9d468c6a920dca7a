package net.insightpulseai.bridge.http;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** Makes the answer to a refusal the message of an exchange, with nothing of the request in it. */
@Component
class ErrorReply {

  private final Refusals refusals;

  ErrorReply(Refusals refusals) {
    this.refusals = refusals;
  }

  void send(Exchange exchange, Refusal refusal) {
    EdgeRequest request = EdgeRequest.of(exchange);
    refusals.record(request.facts(), request.body(), exchange.getFromRouteId(), refusal);
    ErrorAnswer answer = ErrorAnswer.to(request.facts().path(), request.facts().accept(), refusal);
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
    message.setHeader(Exchange.CONTENT_TYPE, answer.contentType());
    answer.headers().forEach(message::setHeader);
    message.setBody(answer.body());
  }
}
