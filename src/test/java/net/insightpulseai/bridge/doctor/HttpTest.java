package net.insightpulseai.bridge.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import net.insightpulseai.bridge.RawServer;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor calls whatever address the settings may hold. */
class HttpTest {

  private static final DnsResolver HERE =
      new DnsResolver() {
        @Override
        public InetAddress[] resolve(String name) {
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }

        @Override
        public String resolveCanonicalHostname(String name) {
          return name;
        }
      };

  @ParameterizedTest
  @ValueSource(strings = {"supabase_kong_app", "odoo.xn--bcher-kva.example", "erp.example"})
  void aHostIsCalledByItsOwnName(String host) throws IOException {
    String answer = "HTTP/1.1 204 No Content\r\nDate: today\r\n\r\n";
    try (RawServer server = new RawServer(out -> out.write(answer.getBytes(US_ASCII)))) {
      String port = server.url().replaceFirst(".*:", "");

      Http.Reply reply =
          new Http(HERE).get("http://" + host + ":" + port + "/~a?b=c", Map.of("apikey", "k"));

      assertThat(reply).isEqualTo(new Http.Reply(204, "today", ""));
      assertThat(server.lastRequest())
          .startsWith("GET /~a?b=c HTTP/1.1\r\n")
          .contains("\r\nHost: " + host + ":" + port + "\r\n", "\r\napikey: k\r\n");
    }
  }
}
