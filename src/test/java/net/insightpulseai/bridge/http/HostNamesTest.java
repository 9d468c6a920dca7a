package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which names the bridge may be called. */
class HostNamesTest extends EdgeTest {

  @ParameterizedTest
  @CsvSource({
    "odoo_bridge:8787, 200",
    "odoo_bridge, 200",
    "my_app.odoo_bridge:8787, 200",
    "bridge.example.com, 200",
    "127.0.0.1:8787, 200",
    "[::1]:8787, 200",
    "odoo_bridge:port, 400",
    "odoo_bridge:123456, 400",
    "odoo_bridge/x, 400",
    "odoo bridge_x, 400"
  })
  void aHostMayHaveAnUnderscore(String host, int status) {
    try (RawHttp raw = new RawHttp(url("/"))) {
      raw.send("GET /health HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");

      assertThat(raw.status()).startsWith("HTTP/1.1 " + status);
    }
  }
}
