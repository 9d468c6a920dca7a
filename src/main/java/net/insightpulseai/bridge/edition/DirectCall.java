package net.insightpulseai.bridge.edition;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.support.DefaultAsyncProducer;

/** Calls the route that takes from the endpoint in the edition of the exchange. */
final class DirectCall extends DefaultAsyncProducer {

  private final DirectCallEndpoint endpoint;
  private final DirectCalls calls;
  private final String key;

  DirectCall(DirectCallEndpoint endpoint, DirectCalls calls, String key) {
    super(endpoint);
    this.endpoint = endpoint;
    this.calls = calls;
    this.key = key;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      long edition = Edition.of(exchange, calls.editions().current().number());
      long wait = endpoint.isBlock() ? endpoint.getTimeout() : 0;
      DirectConsumer consumer = calls.consumer(key, edition, wait);
      if (consumer != null) {
        if (!endpoint.isSynchronous() && !consumer.getEndpoint().isSynchronous()) {
          return consumer.getAsyncProcessor().process(exchange, callback);
        }
        consumer.getProcessor().process(exchange);
      } else if (endpoint.isFailIfNoConsumers()) {
        exchange.setException(
            new DirectConsumerNotAvailableException("No route takes from " + key, exchange));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.setException(e);
    } catch (Exception e) {
      exchange.setException(e);
    }
    callback.done(true);
    return true;
  }
}
