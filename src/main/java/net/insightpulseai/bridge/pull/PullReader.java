package net.insightpulseai.bridge.pull;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import net.insightpulseai.bridge.cursor.EventBatch;
import net.insightpulseai.bridge.cursor.EventOrder;
import net.insightpulseai.bridge.cursor.Position;
import net.insightpulseai.bridge.cursor.PositionOutdated;
import net.insightpulseai.bridge.cursor.SubscriberPositions;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the events of pull subscribers, and keeps how far each has come. */
@Component
class PullReader {

  private static final int FIRST_LOOKS = 200;
  private static final int LOOKS = 1_000;
  // Of an answer that finds nothing among very many; the caller asks onward from there.
  private static final Duration LONGEST_SEARCH = Duration.ofSeconds(2);

  private final EventOrder order;
  private final SubscriberPositions positions;
  private final JdbcClient jdbc;
  private final String stop = SqlFile.read("pull/stop");

  PullReader(
      EventOrder order,
      SubscriberPositions positions,
      @Qualifier("requestDatabase") DataSource database) {
    this.order = order;
    this.positions = positions;
    this.jdbc = JdbcClient.create(database);
  }

  /**
   * Acknowledges what the caller has, and reads on. A position that is not of this database, as
   * after a restore, counts as none.
   *
   * @throws Refusal 409 if the subscriber is stopped
   */
  EventBatch begin(PullRequest request) {
    requireRunning(request.subscriber());
    try {
      return readOn(request.subscriber(), acknowledged(request), request.limit());
    } catch (PositionOutdated e) {
      return again(request);
    }
  }

  /** From where the caller was acknowledged last. */
  EventBatch again(PullRequest request) {
    return readOn(request.subscriber(), kept(request.subscriber()), request.limit());
  }

  /** Searches on until there is an event. */
  EventBatch readOn(long subscriber, Position after, int limit) {
    long begun = System.nanoTime();
    // Mostly the next ones are for it; if not, the search takes longer steps.
    EventBatch batch = order.read(subscriber, after, limit, Math.max(limit, FIRST_LOOKS));
    while (batch.events().isEmpty()
        && batch.more()
        && System.nanoTime() - begun < LONGEST_SEARCH.toNanos()) {
      batch = order.read(subscriber, batch.next(), limit, Math.max(limit, LOOKS));
    }
    return batch;
  }

  /** Nothing, and where the caller is. */
  EventBatch nothing(Position at) {
    return new EventBatch(List.of(), at, false);
  }

  /**
   * Keeps how far the caller has come. One that is behind already, or not of this database, changes
   * nothing.
   *
   * @return where the subscriber is now
   */
  Position acknowledge(long subscriber, Position reached) {
    positions.save(subscriber, reached);
    return kept(subscriber);
  }

  private Position acknowledged(PullRequest request) {
    @Nullable Position after = request.after();
    if (after == null) {
      return kept(request.subscriber());
    }
    positions.save(request.subscriber(), after);
    return after;
  }

  private Position kept(long subscriber) {
    Position position = positions.find(subscriber);
    if (position == null) {
      throw PathPart.notFound("The subscriber was deleted");
    }
    return position;
  }

  private void requireRunning(long subscriber) {
    jdbc.sql(stop)
        .param("target", Subscriber.TARGET_PREFIX + subscriber)
        .query((row, n) -> "It is " + row.getString("state") + row.getString("how"))
        .optional()
        .ifPresent(
            how -> {
              throw new Refusal(
                  409, "subscriber_stopped", how + "; its events wait until it is resumed");
            });
  }
}
