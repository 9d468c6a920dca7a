package net.insightpulseai.bridge.odoo;

import net.insightpulseai.bridge.answer.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Turns Odoo's answer into an {@link OdooInfoResult}, and keeps what it tells. */
@Component("readInfo")
class ReadInfo implements Processor {

  private final OdooBatches batches;
  private final OdooFacts facts;

  ReadInfo(OdooBatches batches, OdooFacts facts) {
    this.batches = batches;
    this.facts = facts;
  }

  @Override
  public void process(Exchange exchange) {
    Answer answer = Answer.of(exchange);
    if (answer != null) {
      OdooInfoResult result = InfoRules.judge(answer);
      if (result instanceof OdooInfoResult.Known told) {
        batches.learn(told.info());
        facts.learn(answer, told.info());
      }
      exchange.getMessage().setBody(result);
    }
  }
}
