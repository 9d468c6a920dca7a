package net.insightpulseai.bridge.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import net.insightpulseai.bridge.answer.BoundedConnections;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Connections to allowed addresses only, for an HTTP step with this {@code httpClientConfigurer}. A
 * name is looked up once for each connection, and the connection goes to the address that was
 * checked, so that a name which resolves differently the next time changes nothing.
 *
 * <p>A call whose context has a {@link TlsIdentity} as its user token gets connections that show
 * and trust what it says.
 *
 * <p>Not a {@code clientConnectionManager} of the step: an endpoint closes that one when its route
 * is replaced, for all that share it.
 */
@Component("guardedConnections")
public class GuardedConnections implements HttpClientConfigurer, DisposableBean {

  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  // Each may take the whole time-out, even when the call as a whole is over.
  private static final int MOST_ADDRESSES = 3;
  // Addresses of names change; a connection in constant use must follow in the end.
  private static final Timeout LONGEST_LIFE = Timeout.ofMinutes(5);

  // A check waits a millisecond for a byte that should not come, so busy connections are left out.
  private static final TimeValue UNCHECKED = TimeValue.ofMilliseconds(100);

  private final IdentityConnections connections;

  @Autowired
  GuardedConnections(AddressGuard guard) {
    this(guard, DefaultClientTlsStrategy.createDefault());
  }

  GuardedConnections(AddressGuard guard, TlsSocketStrategy tls) {
    connections =
        new IdentityConnections(
            pool(guard, tls), context -> pool(guard, new DefaultClientTlsStrategy(context)));
  }

  private static PoolingHttpClientConnectionManager pool(
      AddressGuard guard, TlsSocketStrategy tls) {
    Timeout connect = Timeout.of(CONNECT_TIMEOUT);
    return BoundedConnections.pool()
        .setDnsResolver(new Vetted(guard))
        .setTlsSocketStrategy(tls)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setTimeToLive(LONGEST_LIFE)
                // Many servers close idle connections silently; that must not cost an attempt.
                .setValidateAfterInactivity(UNCHECKED)
                .build())
        .build();
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .setConnectionManager(connections)
        .setConnectionManagerShared(true)
        // A proxy would look names up itself.
        .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
        // Subscribers get no credentials, whatever the component has been configured with.
        .setDefaultCredentialsProvider((scope, context) -> null)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching();
  }

  @Override
  public void destroy() {
    connections.close();
  }

  /** Resolves a host to allowed addresses, and fails if one of them is not. */
  record Vetted(AddressGuard guard) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return guard.resolve(host).stream().limit(MOST_ADDRESSES).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
