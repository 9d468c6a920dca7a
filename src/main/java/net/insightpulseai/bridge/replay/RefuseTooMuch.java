package net.insightpulseai.bridge.replay;

import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** A selection that is too large to be counted while its caller waits. */
@Component("refuseTooMuch")
class RefuseTooMuch implements Processor {

  @Override
  public void process(Exchange exchange) {
    throw new Refusal(
        422,
        "too_much_to_count",
        "The selection could not be counted in time; take a shorter time from since to until");
  }
}
