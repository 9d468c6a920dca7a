package net.insightpulseai.bridge.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import net.insightpulseai.bridge.TestCertificate;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS over guarded connections: who is at the vetted address must have the name's certificate. */
class GuardedTlsTest {

  @TempDir static Path folder;
  private static HttpsServer server;
  private static KeyStore keys;

  @BeforeAll
  static void serve() throws Exception {
    keys = TestCertificate.make(folder, "hooks.example", "dns:hooks.example").store();
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, TestCertificate.PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void theNameOfTheUrlIsWhatTheCertificateMustHave() throws Exception {
    assertThat(get("hooks.example", trusting())).isEqualTo(204);
  }

  @Test
  void aCertificateOfAnotherNameIsRefused() {
    assertThatThrownBy(() -> get("other.example", trusting()))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("other.example");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    assertThatThrownBy(() -> get("hooks.example", SSLContext.getDefault()))
        .isInstanceOf(SSLException.class);
  }

  private static int get(String host, SSLContext trust) throws Exception {
    AddressGuard guard =
        new AddressGuard(
            new EgressSettings(List.of("127.0.0.0/8")),
            name -> List.of(InetAddress.getLoopbackAddress()));
    GuardedConnections connections =
        new GuardedConnections(guard, new DefaultClientTlsStrategy(trust));
    HttpClientBuilder builder = HttpClientBuilder.create();
    connections.configureHttpClient(builder);
    try (CloseableHttpClient client = builder.build()) {
      String url = "https://" + host + ":" + server.getAddress().getPort() + "/";
      return client.execute(new HttpGet(url), response -> response.getCode());
    } finally {
      connections.destroy();
    }
  }

  private static SSLContext trusting() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }
}
