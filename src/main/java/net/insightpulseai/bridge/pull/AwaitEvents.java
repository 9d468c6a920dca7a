package net.insightpulseai.bridge.pull;

import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.cursor.EventBatch;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.springframework.stereotype.Component;

/**
 * Reads what {@code pull} asks for; the body becomes a {@link PullAnswer}. Without an event it
 * gives the thread back, and the route goes on when there is one, or the time is over.
 */
@Component("awaitEvents")
class AwaitEvents extends AsyncProcessorSupport {

  private final PullReader reader;
  private final PullWaits waits;

  AwaitEvents(PullReader reader, PullWaits waits) {
    this.reader = reader;
    this.waits = waits;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    PullRequest request = exchange.getVariable(RouteVariables.PULL, PullRequest.class);
    try {
      PullAnswer now = reader.begin(request);
      EventBatch batch = now.batch();
      if (batch.events().isEmpty() && !batch.more() && !request.atMost().isZero()) {
        waits.await(
            request,
            now.next(),
            found -> {
              answer(exchange, found);
              callback.done(false);
            },
            failure -> {
              exchange.setException(failure);
              callback.done(false);
            });
        return false;
      }
      answer(exchange, now);
    } catch (RuntimeException e) {
      exchange.setException(e);
    }
    callback.done(true);
    return true;
  }

  private static void answer(Exchange exchange, PullAnswer answer) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                answer.release().run();
              }
            });
    exchange.getMessage().setBody(answer);
  }
}
