package net.insightpulseai.bridge.heartbeat;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The parameters of the heartbeat's action: how long a period is. */
@Component("askHeartbeat")
class AskHeartbeat implements Processor {

  private final HeartbeatSettings settings;

  AskHeartbeat(HeartbeatSettings settings) {
    this.settings = settings;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(Map.of("every_s", settings.every().toSeconds()));
  }
}
