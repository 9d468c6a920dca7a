package net.insightpulseai.bridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;

/** An HTTPS server that demands a certificate of its callers, and notes whose each call showed. */
public final class TestTlsServer implements AutoCloseable {

  private final HttpsServer server;
  private final List<String> callers = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();

  /**
   * @param own its certificate
   * @param clients those that it takes
   */
  public TestTlsServer(TestCertificate own, TestCertificate... clients) {
    try {
      SSLContext tls = context(own, clients);
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
      server.setHttpsConfigurator(
          new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters wanted = tls.getDefaultSSLParameters();
              wanted.setNeedClientAuth(true);
              parameters.setSSLParameters(wanted);
            }
          });
      server.createContext("/", this::answer);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The subject of each call's certificate. */
  public List<String> callers() {
    return List.copyOf(callers);
  }

  /** The names of all headers that came, in lower case. */
  public List<String> headers() {
    return List.copyOf(headers);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange
        .getRequestHeaders()
        .keySet()
        .forEach(name -> headers.add(name.toLowerCase(Locale.ROOT)));
    try {
      callers.add(((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException e) {
      callers.add("nobody");
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static SSLContext context(TestCertificate own, TestCertificate... clients)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own.store(), TestCertificate.PASSWORD);
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    for (int i = 0; i < clients.length; i++) {
      known.setCertificateEntry("c" + i, clients[i].store().getCertificate("k"));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return tls;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
