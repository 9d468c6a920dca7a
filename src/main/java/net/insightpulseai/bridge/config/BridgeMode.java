package net.insightpulseai.bridge.config;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Whether this is the real thing. The Spring profile {@code demo} says that it is not. */
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
