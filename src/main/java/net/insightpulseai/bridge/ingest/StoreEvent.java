package net.insightpulseai.bridge.ingest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Stores an {@link EventRequest} and makes its answer the body. It returns only when the events are
 * committed: a caller that receives 200 can forget them.
 *
 * <p>The reverse does not hold. After a 503, or when the bridge dies between commit and answer, the
 * event may still be stored; sent again with its {@code event_id} it is answered as a duplicate.
 */
@Component("storeEvent")
class StoreEvent implements Processor {

  private final GroupCommit commit;
  private final EventAnswer answer;
  private final Duration limit;

  @Autowired
  StoreEvent(GroupCommit commit, EventAnswer answer) {
    this(commit, answer, IngestConfiguration.LIMIT);
  }

  StoreEvent(GroupCommit commit, EventAnswer answer, Duration limit) {
    this.commit = commit;
    this.answer = answer;
    this.limit = limit;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    EventRequest request = exchange.getMessage().getMandatoryBody(EventRequest.class);
    List<Event> events = request.events();
    List<EventResult> results = events.isEmpty() ? List.of() : store(events);
    if (!request.packed() && results.get(0) instanceof Stored stored) {
      MDC.put("correlation_id", stored.correlationId().toString());
    }
    exchange.getMessage().setBody(answer.of(request, results));
  }

  /**
   * Stores events.
   *
   * @return what became of each, in their order
   * @throws Refusal 503 if they are not committed in time
   */
  List<EventResult> store(List<Event> events) {
    CompletableFuture<List<EventResult>> results = commit.submit(events).results();
    try {
      return results.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // If no writer has taken them yet, none will; if they were committed just now, that counts.
      if (!results.cancel(false)) {
        return results.join();
      }
      throw Refusal.unavailable(
          "not_stored_in_time",
          "The event was not stored in time; send it again with its event_id",
          5);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Refusal refusal
          ? refusal
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("stopping", "The bridge is stopping; send the event again", 5);
    }
  }
}
