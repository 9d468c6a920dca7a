package net.insightpulseai.bridge.action;

import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** JSON that is valid but that PostgreSQL cannot hold is the caller's fault, not ours. */
@Component("refuseData")
class RefuseData implements Processor {

  @Override
  public void process(Exchange exchange) {
    throw refusal();
  }

  static Refusal refusal() {
    return new Refusal(
        400,
        "unstorable",
        "The body holds what PostgreSQL cannot store: U+0000, half a surrogate pair, or a number too large");
  }
}
