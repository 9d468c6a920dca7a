package net.insightpulseai.bridge.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;

/** Puts Vert.x under the public port, and Camel's routes on it. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

  /** One event loop is enough for all connections, and nothing on it needs a lock. */
  @Bean
  Vertx vertx() {
    FileSystemOptions noFiles =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
            .setMaxEventLoopExecuteTime(10)
            .setFileSystemOptions(noFiles));
  }

  @Bean
  Context eventLoop(Vertx vertx) {
    return vertx.getOrCreateContext();
  }

  @Bean(EdgeRouter.NAME)
  EdgeRouter router(Vertx vertx) {
    return new EdgeRouter(vertx);
  }

  @Bean
  PublicServerFactory publicServerFactory(Vertx vertx, Context eventLoop, Edge edge) {
    return new PublicServerFactory(vertx, eventLoop, edge);
  }

  /** Defined here because Camel would otherwise make one of its own. */
  @Bean("platform-http-engine")
  PlatformHttpEngine platformHttpEngine(
      @Value("${server.port}") int port,
      EdgeRouter router,
      Edge edge,
      BodyCollector bodies,
      @Qualifier("applicationTaskExecutor") AsyncTaskExecutor threads,
      Context eventLoop) {
    return new EdgeEngine(port, router, edge, bodies, threads, eventLoop);
  }
}
