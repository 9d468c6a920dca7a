package net.insightpulseai.bridge.incident;

import java.util.Map;
import net.insightpulseai.bridge.heartbeat.HeartbeatSettings;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The parameters of the look at the database: from when on something is a condition. */
@Component("askConditions")
class AskConditions implements Processor {

  private final Map<String, Object> parameters;

  /** How many tenths of its events' time a subscriber that fetches may be behind. */
  private static final int LATE_TENTHS = 9;

  AskConditions(
      IncidentSettings settings, HeartbeatSettings heartbeat, RetentionSettings retention) {
    this.parameters =
        Map.of(
            "late_s", settings.lateAfter().toSeconds(),
            "pull_late_s", retention.audit().multipliedBy(LATE_TENTHS).dividedBy(10).toSeconds(),
            "heartbeat_s", heartbeat.every().toSeconds(),
            "absent_s", heartbeat.absentAfter().toSeconds());
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(parameters);
  }
}
