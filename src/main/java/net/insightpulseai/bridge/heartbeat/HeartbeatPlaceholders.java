package net.insightpulseai.bridge.heartbeat;

import net.insightpulseai.bridge.config.PlaceholderNames;
import net.insightpulseai.bridge.config.RoutePlaceholders;
import org.springframework.stereotype.Component;

/** Whether there is a heartbeat, as the route placeholder <code>{{heartbeat:on}}</code>. */
@Component
@PlaceholderNames(
    prefix = "heartbeat",
    samples = {"on=true"})
class HeartbeatPlaceholders extends RoutePlaceholders {

  private final HeartbeatSettings settings;

  HeartbeatPlaceholders(HeartbeatSettings settings) {
    super("heartbeat");
    this.settings = settings;
  }

  @Override
  public String apply(String name) {
    if (name.equals("on")) {
      return String.valueOf(settings.beats());
    }
    throw new IllegalArgumentException("{{heartbeat:" + name + "}}: expected on");
  }
}
