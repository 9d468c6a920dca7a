package net.insightpulseai.bridge.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import net.insightpulseai.bridge.TestCertificate;
import net.insightpulseai.bridge.TestTlsServer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections with a client certificate and an authority of one's own. */
class TlsIdentityTest {

  @TempDir static Path folder;
  private static TestCertificate own;
  private static TestCertificate crm;
  private static TestCertificate erp;
  private static TestTlsServer server;

  private final GuardedConnections connections =
      new GuardedConnections(
          new AddressGuard(
              new EgressSettings(List.of("127.0.0.0/8")),
              name -> List.of(InetAddress.getLoopbackAddress())));
  private final CloseableHttpClient client = client();

  @BeforeAll
  static void serve() {
    own = TestCertificate.make(folder, "hooks", "dns:hooks.example");
    crm = TestCertificate.make(folder, "crm", "dns:crm");
    erp = TestCertificate.make(folder, "erp", "dns:erp");
    server = new TestTlsServer(own, crm, erp);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    connections.destroy();
  }

  @Test
  void eachCallShowsItsOwnCertificateThoughConnectionsAreKept() throws IOException {
    for (int i = 0; i < 2; i++) {
      assertThat(get(identity(crm), "hooks.example")).isEqualTo(204);
      assertThat(get(identity(erp), "hooks.example")).isEqualTo(204);
    }

    assertThat(server.callers()).containsExactly("CN=crm", "CN=erp", "CN=crm", "CN=erp");
  }

  @Test
  void withoutAnIdentityTheServerIsNotTrusted() {
    assertThatThrownBy(() -> get(null, "hooks.example")).isInstanceOf(IOException.class);
  }

  @Test
  void theNameIsCheckedAgainstTheCertificateOfTheOwnAuthorityToo() {
    assertThatThrownBy(() -> get(identity(crm), "other.example"))
        .hasMessageContaining("other.example");
  }

  @Test
  void whatIsNoPemIsNamedAndNotQuoted() {
    assertUnusable(new TlsIdentity("secret", null, null), "ca holds no certificate");
    assertUnusable(
        new TlsIdentity(null, crm.certificate(), "secret"), "key holds no unencrypted private key");
    assertUnusable(new TlsIdentity(null, "secret", crm.key()), "certificate holds no certificate");
    new TlsIdentity(own.certificate(), crm.certificate(), crm.key()).check();
  }

  private static void assertUnusable(TlsIdentity identity, String why) {
    assertThatThrownBy(identity::check)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(why)
        .hasMessageNotContaining("secret");
  }

  private static TlsIdentity identity(TestCertificate client) {
    return new TlsIdentity(own.certificate(), client.certificate(), client.key());
  }

  private int get(TlsIdentity identity, String host) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    context.setUserToken(identity);
    return client.execute(
        new HttpGet("https://" + host + ":" + server.port() + "/"),
        context,
        response -> response.getCode());
  }

  private CloseableHttpClient client() {
    HttpClientBuilder builder = HttpClientBuilder.create();
    connections.configureHttpClient(builder);
    return builder.build();
  }
}
