package net.insightpulseai.bridge.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.server.AbstractServletWebServerFactory;

/**
 * Makes the public port Spring Boot's own web server, so that {@code server.*} means it. There are
 * no servlets on it: those are on the management port.
 */
final class PublicServerFactory extends AbstractServletWebServerFactory {

  private static final int MOST_HEADERS = 8 * 1024;

  private final Vertx vertx;
  private final Context eventLoop;
  private final Edge edge;

  PublicServerFactory(Vertx vertx, Context eventLoop, Edge edge) {
    this.vertx = vertx;
    this.eventLoop = eventLoop;
    this.edge = edge;
  }

  @Override
  public WebServer getWebServer(ServletContextInitializer... none) {
    if (Ssl.isEnabled(getSsl())) {
      throw new StartRefused(
          "server.ssl is set, but the public port has no TLS; expected a proxy in front of it");
    }
    HttpServerOptions options =
        new HttpServerOptions()
            .setPort(getPort())
            .setHost(getAddress() == null ? "0.0.0.0" : getAddress().getHostAddress())
            .setMaxInitialLineLength(MOST_HEADERS)
            .setMaxHeaderSize(MOST_HEADERS)
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setTcpNoDelay(true)
            .setAcceptBacklog(1024);
    return new PublicServer(vertx, eventLoop, edge, options, getShutdown() == Shutdown.GRACEFUL);
  }
}
