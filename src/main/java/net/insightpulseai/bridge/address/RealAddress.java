package net.insightpulseai.bridge.address;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.URIAuthority;

/** Calls the address that a {@link StandIn} is for; any other one is called as it is. */
public final class RealAddress implements ExecChainHandler {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    HttpHost target = scope.route.getTargetHost();
    if (!StandIn.isOne(target.getHostName())) {
      return chain.proceed(request, scope);
    }
    String host = StandIn.host(target.getHostName());
    URIAuthority written = request.getAuthority();
    request.setAuthority(new URIAuthority(host, written == null ? -1 : written.getPort()));
    request.setPath(StandIn.rest(request.getPath()));
    HttpHost real = new HttpHost(target.getSchemeName(), host, target.getPort());
    return chain.proceed(
        request,
        new ExecChain.Scope(
            scope.exchangeId,
            to(real, scope.route),
            scope.originalRequest,
            scope.execRuntime,
            scope.clientContext));
  }

  private static HttpRoute to(HttpHost real, HttpRoute route) {
    return route.getProxyHost() == null
        ? new HttpRoute(real, route.getLocalAddress(), route.isSecure())
        : new HttpRoute(
            real,
            route.getLocalAddress(),
            route.getProxyHost(),
            route.isSecure(),
            route.getTunnelType(),
            route.getLayerType());
  }
}
