package net.insightpulseai.bridge.database;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.embedded.EmbeddedPostgres;

/** The database of demo mode. */
final class EmbeddedAddress {

  private EmbeddedAddress() {}

  static DatabaseAddress of(EmbeddedPostgres server) {
    Map<String, String> parameters = new LinkedHashMap<>();
    DriverDefaults.complete(parameters, false);
    return new DatabaseAddress(
        "127.0.0.1",
        server.port(),
        "postgres",
        server.username(),
        server.password(),
        Map.copyOf(parameters),
        false,
        true,
        List.of());
  }
}
