package net.insightpulseai.bridge.outbox;

import org.springframework.stereotype.Component;

/** This running bridge, as {@code locked_by} names it. */
@Component
public class Instance {

  private final String name;

  Instance(OutboxSettings settings) {
    this.name = settings.instanceName();
  }

  public String name() {
    return name;
  }
}
