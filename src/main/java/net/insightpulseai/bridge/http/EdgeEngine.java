package net.insightpulseai.bridge.http;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.Executor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Camel's engine, except that an answer that its client does not wait for is counted, not logged.
 */
final class EdgeEngine extends SpringBootPlatformHttpEngine {

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

  /** The route's own errors do not get here: its error handler has answered them. */
  private final class Count implements ExceptionHandler {

    @Override
    public void handleException(Throwable failure) {
      aborted.increment();
    }

    @Override
    public void handleException(String message, Throwable failure) {
      aborted.increment();
    }

    @Override
    public void handleException(String message, @Nullable Exchange exchange, Throwable failure) {
      aborted.increment();
    }
  }
}
