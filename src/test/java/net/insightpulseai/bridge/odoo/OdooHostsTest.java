package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import net.insightpulseai.bridge.RawServer;
import net.insightpulseai.bridge.outbox.Outcome.Kind;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Odoo is called at the host that the setting names, whatever camel-http thinks of it. */
class OdooHostsTest extends OdooOnSockets {

  @ParameterizedTest
  @CsvSource({
    "odoo_web, odoo_web",
    "odoo.bücher.example, odoo.xn--bcher-kva.example",
    "erp.example, erp.example"
  })
  void itsHostIsLookedUpAndNamedAsItIs(String written, String host) {
    server =
        new RawServer(
            out -> out.write((OK + "Content-Length: 11\r\n\r\n{\"ok\":true}").getBytes(US_ASCII)));
    String port = server.url().replaceFirst(".*:", "");
    names =
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String name) {
            assertThat(name).isEqualTo(host);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
          }

          @Override
          public String resolveCanonicalHostname(String name) {
            return name;
          }
        };

    assertThat(call("http://" + written + ":" + port + "/~erp/").kind()).isEqualTo(Kind.DONE);

    assertThat(server.lastRequest())
        .startsWith("POST /~erp/api/agent/apply HTTP/1.1\r\n")
        .contains("\r\nHost: " + host + ":" + port + "\r\n");
  }
}
