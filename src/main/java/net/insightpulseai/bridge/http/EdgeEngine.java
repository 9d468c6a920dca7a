package net.insightpulseai.bridge.http;

import io.vertx.core.Context;
import java.util.concurrent.Executor;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;

/** Camel's engine on Vert.x, behind the {@link Edge}. */
final class EdgeEngine extends VertxPlatformHttpEngine {

  private final int port;
  private final EdgeRouter router;
  private final Edge edge;
  private final BodyCollector bodies;
  private final Executor threads;
  private final Context eventLoop;

  EdgeEngine(
      int port,
      EdgeRouter router,
      Edge edge,
      BodyCollector bodies,
      Executor threads,
      Context eventLoop) {
    this.port = port;
    this.router = router;
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
    return new EdgeConsumer(endpoint, processor, router, edge, bodies, threads, eventLoop);
  }

  @Override
  public int getServerPort() {
    return port;
  }
}
