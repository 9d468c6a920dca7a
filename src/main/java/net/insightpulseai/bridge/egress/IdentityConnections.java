package net.insightpulseai.bridge.egress;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections apart by the {@link TlsIdentity} that they were made with, which is the state
 * of the lease. A pool that only knew the host would hand one subscriber's connection to another.
 */
final class IdentityConnections implements HttpClientConnectionManager {

  private static final int MOST_IDENTITIES = 200;

  private final HttpClientConnectionManager plain;
  private final Function<SSLContext, HttpClientConnectionManager> maker;
  private final Map<TlsIdentity, HttpClientConnectionManager> pools =
      new LinkedHashMap<>(16, 0.75f, true);
  private final Map<ConnectionEndpoint, HttpClientConnectionManager> owners =
      new ConcurrentHashMap<>();

  /**
   * @param plain for calls without an identity
   * @param maker makes the pool of one
   */
  IdentityConnections(
      HttpClientConnectionManager plain, Function<SSLContext, HttpClientConnectionManager> maker) {
    this.plain = plain;
    this.maker = maker;
  }

  @Override
  public LeaseRequest lease(String id, HttpRoute route, Timeout timeout, @Nullable Object state) {
    HttpClientConnectionManager pool = state instanceof TlsIdentity own ? pool(own) : plain;
    LeaseRequest request = pool.lease(id, route, timeout, pool == plain ? state : null);
    return new LeaseRequest() {
      @Override
      public ConnectionEndpoint get(Timeout patience)
          throws InterruptedException, ExecutionException, TimeoutException {
        ConnectionEndpoint endpoint = request.get(patience);
        owners.put(endpoint, pool);
        return endpoint;
      }

      @Override
      public boolean cancel() {
        return request.cancel();
      }
    };
  }

  @Override
  public void release(ConnectionEndpoint endpoint, @Nullable Object state, TimeValue validFor) {
    HttpClientConnectionManager pool = owners.remove(endpoint);
    if (pool != null) {
      pool.release(endpoint, pool == plain ? state : null, validFor);
    }
  }

  @Override
  public void connect(ConnectionEndpoint endpoint, TimeValue timeout, HttpContext context)
      throws IOException {
    owner(endpoint).connect(endpoint, timeout, context);
  }

  @Override
  public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
    owner(endpoint).upgrade(endpoint, context);
  }

  private HttpClientConnectionManager owner(ConnectionEndpoint endpoint) {
    return owners.getOrDefault(endpoint, plain);
  }

  /** The least used one is closed when there are too many: certificates are renewed. */
  private synchronized HttpClientConnectionManager pool(TlsIdentity identity) {
    HttpClientConnectionManager pool =
        pools.computeIfAbsent(identity, one -> maker.apply(one.context()));
    if (pools.size() > MOST_IDENTITIES) {
      TlsIdentity eldest = pools.keySet().iterator().next();
      pools.remove(eldest).close(CloseMode.GRACEFUL);
    }
    return pool;
  }

  @Override
  public synchronized void close(CloseMode mode) {
    pools.values().forEach(pool -> pool.close(mode));
    plain.close(mode);
  }

  @Override
  public void close() {
    close(CloseMode.GRACEFUL);
  }
}
