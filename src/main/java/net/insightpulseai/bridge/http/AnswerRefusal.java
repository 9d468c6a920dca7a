package net.insightpulseai.bridge.http;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;
import org.springframework.stereotype.Component;

/** Answers a request with the {@link Refusal} that a step of its route threw. */
@Component("answerRefusal")
class AnswerRefusal implements Processor {

  private final ErrorReply reply;
  private final List<RefusalListener> listeners;

  AnswerRefusal(ErrorReply reply, List<RefusalListener> listeners) {
    this.reply = reply;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void process(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    listeners.forEach(one -> one.refused(exchange.getFromEndpoint().getEndpointUri()));
    reply.send(exchange, ObjectHelper.getException(Refusal.class, caught));
  }
}
