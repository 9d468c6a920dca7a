package net.insightpulseai.bridge.incident;

import java.util.Map;
import net.insightpulseai.bridge.heartbeat.HeartbeatSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The parameters of the look at the database: from when on something is a condition. */
@Component("askConditions")
class AskConditions implements Processor {

  private final Map<String, Object> parameters;

  AskConditions(IncidentSettings settings, HeartbeatSettings heartbeat) {
    this.parameters =
        Map.of(
            "late_s", settings.lateAfter().toSeconds(),
            "heartbeat_s", heartbeat.every().toSeconds(),
            "absent_s", heartbeat.absentAfter().toSeconds());
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(parameters);
  }
}
