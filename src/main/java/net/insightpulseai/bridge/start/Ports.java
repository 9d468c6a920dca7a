package net.insightpulseai.bridge.start;

import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.bind.Binder;

/** Refuses ports that do not exist, and one port for the public and the management side. */
final class Ports {

  private static final int LAST_PORT = 65_535;

  private Ports() {}

  static void check(Binder binder, Faults faults) {
    faults.attempt(
        () -> {
          int port = port(binder, "server.port", 0, 8080);
          // For Spring, -1 means no management port.
          int management = port(binder, "management.server.port", -1, port);
          if (port == management && port > 0) {
            throw new StartRefused(
                "management.server.port",
                management + ", the same as server.port",
                "another port, because it must not be public");
          }
        });
  }

  private static int port(Binder binder, String key, int least, int unset) {
    int port = binder.bind(key, Integer.class).orElse(unset);
    if (port < least || port > LAST_PORT) {
      throw new StartRefused(
          key, String.valueOf(port), "a number from %d to %d".formatted(least, LAST_PORT));
    }
    return port;
  }
}
