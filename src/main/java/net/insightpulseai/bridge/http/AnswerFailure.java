package net.insightpulseai.bridge.http;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Answers any other failure of a route with 503, so that the sender repeats, and logs one line. The
 * caller learns no details.
 */
@Component("answerFailure")
class AnswerFailure implements Processor {

  private static final Logger log = LoggerFactory.getLogger(AnswerFailure.class);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final ErrorReply reply;

  AnswerFailure(ErrorReply reply) {
    this.reply = reply;
  }

  @Override
  public void process(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    boolean database = DatabaseUnavailable.causes(caught);
    if (database) {
      log.warn(
          "Route {} could not reach the database: {}",
          exchange.getFromRouteId(),
          FailureLine.of(caught));
    } else {
      log.error("Route {} failed: {}", exchange.getFromRouteId(), FailureLine.of(caught));
    }
    reply.send(
        exchange,
        Refusal.unavailable(
            database ? "database_unavailable" : "unavailable",
            "Service Unavailable",
            RETRY_AFTER_SECONDS));
  }
}
