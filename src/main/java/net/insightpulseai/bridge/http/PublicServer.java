package net.insightpulseai.bridge.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.BindException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.GracefulShutdownCallback;
import org.springframework.boot.web.server.GracefulShutdownResult;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;

/**
 * The public port. Spring Boot starts it before Camel, and meanwhile it tells its clients to come
 * again. At a stop it closes first, when no request is in progress or its time is up; then Camel
 * stops.
 */
final class PublicServer implements WebServer {

  private static final long CHECK_MILLIS = 200;

  private final Vertx vertx;
  private final Context eventLoop;
  private final Edge edge;
  private final HttpServerOptions options;
  private final boolean graceful;
  private volatile @Nullable HttpServer server;
  private volatile @Nullable GracefulShutdownCallback stopping;

  PublicServer(
      Vertx vertx, Context eventLoop, Edge edge, HttpServerOptions options, boolean graceful) {
    this.vertx = vertx;
    this.eventLoop = eventLoop;
    this.edge = edge;
    this.options = options;
    this.graceful = graceful;
  }

  @Override
  public void start() {
    CompletableFuture<HttpServer> started = new CompletableFuture<>();
    eventLoop.runOnContext(
        ignored ->
            vertx
                .createHttpServer(options)
                .connectionHandler(edge::connect)
                .requestHandler(edge::accept)
                .invalidRequestHandler(edge::accept)
                .exceptionHandler(failure -> {})
                .listen()
                .onSuccess(
                    listening -> {
                      vertx.setPeriodic(CHECK_MILLIS, timer -> check());
                      started.complete(listening);
                    })
                .onFailure(started::completeExceptionally));
    try {
      server = started.join();
    } catch (CompletionException e) {
      PortInUseException.throwIfPortBindingException(asException(e.getCause()), options::getPort);
      throw new WebServerException("The public port could not be opened", e.getCause());
    }
  }

  private static Exception asException(@Nullable Throwable cause) {
    return cause instanceof Exception exception ? exception : new BindException();
  }

  private void check() {
    edge.checkDeadlines();
    GracefulShutdownCallback callback = stopping;
    if (callback != null && edge.idle()) {
      stopping = null;
      callback.shutdownComplete(GracefulShutdownResult.IDLE);
    }
  }

  @Override
  public void shutDownGracefully(GracefulShutdownCallback callback) {
    if (graceful) {
      stopping = callback;
    } else {
      callback.shutdownComplete(GracefulShutdownResult.IMMEDIATE);
    }
  }

  @Override
  public void stop() {
    HttpServer listening = server;
    server = null;
    if (listening != null) {
      // Vert.x would wait for clients that do not read their answers.
      eventLoop.runOnContext(ignored -> edge.closeAll());
      listening.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Override
  public int getPort() {
    HttpServer listening = server;
    return listening == null ? -1 : listening.actualPort();
  }
}
