package net.insightpulseai.bridge.http;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's engine, except that an answer that its client does not wait for is counted, not logged.
 */
final class EdgeEngine extends SpringBootPlatformHttpEngine {

  private static final Logger LOG = LoggerFactory.getLogger(EdgeEngine.class);

  private final Counter aborted;

  /**
   * @param port the public port
   * @param executor runs the routes
   * @param aborted counts answers that could not be written
   */
  EdgeEngine(int port, Executor executor, Counter aborted) {
    super(port, executor);
    this.aborted = aborted;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    PlatformHttpConsumer consumer = super.createConsumer(endpoint, processor);
    if (consumer instanceof DefaultConsumer configurable) {
      configurable.setExceptionHandler(new Count());
    }
    return consumer;
  }

  /** What goes wrong in a route does not get here: its error handler has answered it. */
  private final class Count implements ExceptionHandler {

    @Override
    public void handleException(Throwable failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof IOException) {
          aborted.increment();
          return;
        }
      }
      LOG.error("An answer could not be written: {}", FailureLine.of(failure));
    }

    @Override
    public void handleException(String message, Throwable failure) {
      handleException(failure);
    }

    @Override
    public void handleException(String message, @Nullable Exchange exchange, Throwable failure) {
      handleException(failure);
    }
  }
}
