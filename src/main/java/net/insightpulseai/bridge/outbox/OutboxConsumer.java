package net.insightpulseai.bridge.outbox;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Takes rows from the engine through a route. Stopped or suspended, it claims nothing. */
class OutboxConsumer extends DefaultConsumer implements Suspendable, RowHandler {

  private final OutboxEndpoint endpoint;
  private volatile @Nullable QueueEngine engine;

  OutboxConsumer(OutboxEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  public Handled handle(ClaimedRow row) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(row.payload());
      exchange.setVariable(ClaimedRow.VARIABLE, row);
      createUoW(exchange);
      try {
        getProcessor().process(exchange);
      } catch (Exception e) {
        exchange.setException(e);
      } finally {
        doneUoW(exchange);
      }
      return new Handled(Outcome.of(exchange), DeadLetter.of(exchange), exchange.getException());
    } finally {
      releaseExchange(exchange, false);
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    attach();
  }

  @Override
  protected void doSuspend() throws Exception {
    detach();
    super.doSuspend();
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    attach();
  }

  @Override
  protected void doStop() throws Exception {
    detach();
    super.doStop();
  }

  private void attach() {
    QueueEngine shared = endpoint.engine();
    engine = shared;
    shared.attach(this, endpoint.lease());
  }

  private void detach() {
    QueueEngine attached = engine;
    if (attached != null) {
      attached.detach(this);
    }
  }
}
