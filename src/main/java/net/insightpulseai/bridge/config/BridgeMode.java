package net.insightpulseai.bridge.config;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Whether the bridge runs in demo mode, which the Spring profile {@code demo} selects. */
@Component
public final class BridgeMode {

  private final boolean demo;

  public BridgeMode(Environment environment) {
    this.demo = environment.acceptsProfiles(Profiles.of("demo"));
  }

  public boolean isDemo() {
    return demo;
  }

  /** {@code demo} or {@code production}. */
  public String word() {
    return demo ? "demo" : "production";
  }
}
