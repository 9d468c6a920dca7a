package net.insightpulseai.bridge.target;

import com.fasterxml.jackson.databind.ObjectMapper;
import net.insightpulseai.bridge.outbox.TargetStates;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Stops sending to a target, on every replica; what is in flight ends. */
@Component("pauseTarget")
class PauseTarget implements Processor {

  private final TargetStates states;
  private final ObjectMapper json;

  PauseTarget(TargetStates states, @Qualifier("exactJson") ObjectMapper json) {
    this.states = states;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    TargetAct act = TargetAct.of(exchange, json);
    if (!states.stop(
        act.target(), TargetStates.Stop.PAUSED, act.operator().who(), act.operator().why())) {
      throw TargetAct.unknown();
    }
    act.lookUpNext(exchange);
  }
}
