package net.insightpulseai.bridge.demo;

import net.insightpulseai.bridge.config.BridgeMode;
import net.insightpulseai.bridge.config.PlaceholderNames;
import net.insightpulseai.bridge.config.RoutePlaceholders;
import org.springframework.stereotype.Component;

/**
 * Whether the bridge runs in demo mode, for the routes of demo mode: <code>{{demo:active}}</code>.
 */
@Component
@PlaceholderNames(
    prefix = "demo",
    samples = {"active=true"})
class DemoPlaceholders extends RoutePlaceholders {

  private final BridgeMode mode;

  DemoPlaceholders(BridgeMode mode) {
    super("demo");
    this.mode = mode;
  }

  @Override
  public String apply(String name) {
    if (!name.equals("active")) {
      throw new IllegalArgumentException("{{demo:" + name + "}}: expected active");
    }
    return String.valueOf(mode.isDemo());
  }
}
