package net.insightpulseai.bridge.odoo;

import net.insightpulseai.bridge.answer.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes an {@link Introduction} of Odoo's answer. */
@Component("readInfo")
class ReadInfo implements Processor {

  @Override
  public void process(Exchange exchange) {
    Answer answer = Answer.of(exchange);
    if (answer != null) {
      exchange.getMessage().setBody(InfoRules.judge(answer));
    }
  }
}
