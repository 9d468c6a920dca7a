package net.insightpulseai.bridge.egress;

import java.util.List;

/** Guarded connections that may go to this machine. */
public final class TestEgress implements AutoCloseable {

  private final SystemLookup lookup = new SystemLookup();
  private final GuardedConnections connections =
      new GuardedConnections(new AddressGuard(new EgressSettings(List.of("127.0.0.0/8")), lookup));

  public GuardedConnections connections() {
    return connections;
  }

  @Override
  public void close() {
    connections.destroy();
    lookup.destroy();
  }
}
