package net.insightpulseai.bridge.admin;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** Logs in one line why a route without a caller failed, with its root cause. */
@Component("logFailure")
class LogFailure implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(LogFailure.class);

  @Override
  public void process(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(caught);
    LOG.warn(
        "{} failed and will run again at its next time: {}: {}",
        exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class),
        cause.getClass().getSimpleName(),
        String.valueOf(cause.getMessage()).lines().findFirst().orElse("no message"));
  }
}
