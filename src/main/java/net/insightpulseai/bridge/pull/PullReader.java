package net.insightpulseai.bridge.pull;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import net.insightpulseai.bridge.cursor.Bookmark;
import net.insightpulseai.bridge.cursor.EventBatch;
import net.insightpulseai.bridge.cursor.EventOrder;
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

  /** What a read may bring, in characters of messages; a single larger event counts as this. */
  static final int LARGEST = 4 << 20;

  /** So many of the largest are read and written at once. */
  static final int LARGE_ANSWERS = 8;

  private final EventOrder order;
  private final SubscriberPositions positions;
  private final JdbcClient jdbc;
  private final String stop = SqlFile.read("pull/stop");
  private final Permits memory =
      new Permits(LARGE_ANSWERS * LARGEST, "Too many large answers are being written; ask later");

  PullReader(
      EventOrder order,
      SubscriberPositions positions,
      @Qualifier("requestDatabase") DataSource database) {
    this.order = order;
    this.positions = positions;
    this.jdbc = JdbcClient.create(database);
  }

  /**
   * Acknowledges what the caller has, and reads on.
   *
   * @throws Refusal 409 if the subscriber is stopped, 503 if too many large answers are written now
   */
  PullAnswer begin(PullRequest request) {
    requireRunning(request.subscriber());
    Bookmark after = request.after();
    if (after != null) {
      positions.save(request.subscriber(), after);
    }
    return readOn(request, after);
  }

  /**
   * Searches on until there is an event.
   *
   * @param from where the caller is. Null, and one from before the subscriber was moved, or that is
   *     not of this database, as after a restore: where it was acknowledged last
   */
  PullAnswer readOn(PullRequest request, @Nullable Bookmark from) {
    Bookmark kept = kept(request.subscriber());
    memory.acquire(LARGEST);
    int used = 0;
    try {
      PullAnswer answer;
      try {
        answer = search(request, from != null && from.moves() == kept.moves() ? from : kept);
      } catch (PositionOutdated e) {
        answer = search(request, kept(request.subscriber()));
      }
      used = size(answer.batch());
      return answer;
    } finally {
      memory.release(LARGEST - used);
    }
  }

  private PullAnswer search(PullRequest request, Bookmark from) {
    long subscriber = request.subscriber();
    int limit = request.limit();
    long begun = System.nanoTime();
    // Mostly the next ones are for it; if not, the search takes longer steps.
    EventBatch batch = order.read(subscriber, from.position(), limit, Math.max(limit, FIRST_LOOKS));
    while (batch.events().isEmpty()
        && batch.more()
        && System.nanoTime() - begun < LONGEST_SEARCH.toNanos()) {
      batch = order.read(subscriber, batch.next(), limit, Math.max(limit, LOOKS));
    }
    int size = size(batch);
    return new PullAnswer(
        batch, new Bookmark(batch.next(), from.moves()), () -> memory.release(size));
  }

  private static int size(EventBatch batch) {
    long size = batch.events().stream().mapToLong(event -> event.message().length()).sum();
    return (int) Math.min(size, LARGEST);
  }

  /** Nothing, and where the caller is. */
  PullAnswer nothing(Bookmark at) {
    return new PullAnswer(new EventBatch(List.of(), at.position(), false), at, () -> {});
  }

  /**
   * Keeps how far the caller has come. One that is behind already, from before the subscriber was
   * moved, or not of this database, changes nothing.
   *
   * @return where the subscriber is now
   */
  Bookmark acknowledge(long subscriber, Bookmark reached) {
    positions.save(subscriber, reached);
    return kept(subscriber);
  }

  /**
   * Looks once more, when a request has waited.
   *
   * @throws RuntimeException a refusal, if the caller may not fetch any more, or the subscriber is
   *     stopped
   */
  void requireStillAllowed(PullRequest request) {
    request.caller().run();
    requireRunning(request.subscriber());
  }

  /** The memory that answers may take, in characters of their messages. */
  Permits memory() {
    return memory;
  }

  private Bookmark kept(long subscriber) {
    Bookmark bookmark = positions.bookmark(subscriber);
    if (bookmark == null) {
      throw PathPart.notFound("The subscriber was deleted");
    }
    return bookmark;
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
