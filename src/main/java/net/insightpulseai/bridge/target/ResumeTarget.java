package net.insightpulseai.bridge.target;

import com.fasterxml.jackson.databind.ObjectMapper;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.outbox.TargetStates;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Sends to a stopped target again. One that is running stays as it is. */
@Component("resumeTarget")
class ResumeTarget implements Processor {

  private final TargetStates states;
  private final ObjectMapper json;

  ResumeTarget(TargetStates states, @Qualifier("exactJson") ObjectMapper json) {
    this.states = states;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    TargetAct act = TargetAct.of(exchange, json);
    switch (states.resume(act.target(), act.operator().who(), act.operator().why())) {
      case RESUMED, RUNNING -> act.lookUpNext(exchange);
      case COPY ->
          throw new Refusal(
              409,
              "paused_as_copy",
              "It is paused because this database is a copy; pair it with POST /bridge/pairing");
      case UNKNOWN -> throw TargetAct.unknown();
    }
  }
}
