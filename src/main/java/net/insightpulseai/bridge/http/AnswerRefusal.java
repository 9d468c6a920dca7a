package net.insightpulseai.bridge.http;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;
import org.springframework.stereotype.Component;

/** Answers a request with the {@link Refusal} that a step of its route threw. */
@Component("answerRefusal")
class AnswerRefusal implements Processor {

  private final ErrorReply reply;

  AnswerRefusal(ErrorReply reply) {
    this.reply = reply;
  }

  @Override
  public void process(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    reply.send(exchange, ObjectHelper.getException(Refusal.class, caught));
  }
}
