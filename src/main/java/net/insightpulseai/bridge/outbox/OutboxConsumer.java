package net.insightpulseai.bridge.outbox;

import java.util.List;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows from the engine through a route. While it is stopped or suspended, nothing is claimed.
 */
class OutboxConsumer extends DefaultConsumer implements Suspendable, RowHandler {

  private final OutboxEndpoint endpoint;
  private volatile @Nullable QueueEngine engine;

  OutboxConsumer(OutboxEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  public List<Outcome> handle(List<ClaimedRow> rows) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      if (rows.size() > 1) {
        RowBatch batch = new RowBatch(rows);
        exchange.setVariable(RouteVariables.ROWS, batch);
        route(exchange);
        return batch.outcomes(exchange.getException());
      }
      ClaimedRow row = rows.get(0);
      exchange.getMessage().setBody(row.payload());
      exchange.setVariable(RouteVariables.ROW, row);
      route(exchange);
      return List.of(ExchangeEnd.of(exchange));
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private void route(Exchange exchange) throws Exception {
    createUoW(exchange);
    try {
      getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    } finally {
      doneUoW(exchange);
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
