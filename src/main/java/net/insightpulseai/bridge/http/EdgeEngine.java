package net.insightpulseai.bridge.http;

import io.vertx.core.Context;
import java.util.concurrent.Executor;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Camel's engine on Vert.x, behind the {@link Edge}. */
final class EdgeEngine extends VertxPlatformHttpEngine {

  static final String ROUTER = VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME;

  private final int port;
  private final Edge edge;
  private final BodyCollector bodies;
  private final Executor threads;
  private final Context eventLoop;

  EdgeEngine(int port, Edge edge, BodyCollector bodies, Executor threads, Context eventLoop) {
    this.port = port;
    this.edge = edge;
    this.bodies = bodies;
    this.threads = threads;
    this.eventLoop = eventLoop;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    // The bytes are there before the route begins, whatever it says of them.
    endpoint.setUseStreaming(false);
    endpoint.setUseBodyHandler(false);
    if ("GET".equals(endpoint.getHttpMethodRestrict())) {
      endpoint.setHttpMethodRestrict("GET,HEAD");
    }
    return new EdgeConsumer(endpoint, processor, ROUTER, edge, bodies, threads, eventLoop);
  }

  @Override
  public int getServerPort() {
    return port;
  }
}
