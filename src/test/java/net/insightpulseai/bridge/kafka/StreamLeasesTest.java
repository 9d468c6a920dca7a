package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.cursor.Position;
import net.insightpulseai.bridge.kafka.StreamLeases.Held;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One instance at a time publishes a stream, and only that one moves its position. */
class StreamLeasesTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final StreamLeases one = new StreamLeases(database.dataSource(), "one");
  private final StreamLeases other = new StreamLeases(database.dataSource(), "other");

  @AfterEach
  void drop() {
    database.close();
  }

  private void stream(String name) {
    database
        .jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, mode) values (?, 'kafka', 'stream')", name);
  }

  private Position position() {
    return database
        .jdbc()
        .queryForObject(
            "select restores, xact::text, id from bridge.subscriber_position",
            (row, n) ->
                new Position(row.getInt(1), Long.parseLong(row.getString(2)), row.getLong(3)));
  }

  private void endLeases() {
    database.jdbc().update("update bridge.stream_lease set lease_until = now() - interval '1 s'");
  }

  @Test
  void aStreamIsLeasedToOneAndTakenOverWhenItsLeaseHasEnded() {
    stream("lake");
    StreamLease first = Objects.requireNonNull(one.claim());
    assertThat(other.claim()).isNull();
    assertThat(one.claim()).isNull();
    assertThat(one.extend(first)).isEqualTo(Held.YES);
    Position start = position();
    Position next = new Position(start.restores(), start.xact() + 5, 7);
    assertThat(one.save(first, next)).isEqualTo(Held.YES);
    assertThat(position()).isEqualTo(next);

    endLeases();
    StreamLease second = Objects.requireNonNull(other.claim());

    assertThat(one.extend(first)).isEqualTo(Held.LOST);
    assertThat(one.save(first, new Position(0, start.xact() + 9, 9))).isEqualTo(Held.LOST);
    one.release(first, Duration.ZERO);
    assertThat(position()).isEqualTo(next);
    assertThat(other.save(second, new Position(0, start.xact() + 6, 8))).isEqualTo(Held.YES);
  }

  @Test
  void ofManyInstancesThatLookAtOnceOneGetsIt() throws ExecutionException, InterruptedException {
    stream("lake");
    List<CompletableFuture<StreamLease>> claims =
        IntStream.range(0, 8)
            .mapToObj(
                n ->
                    CompletableFuture.supplyAsync(
                        () -> new StreamLeases(database.dataSource(), "i" + n).claim()))
            .toList();

    int got = 0;
    for (CompletableFuture<StreamLease> claim : claims) {
      got += claim.get() == null ? 0 : 1;
    }
    assertThat(got).isEqualTo(1);
  }

  @Test
  void aStoppedSubscriberIsNotTakenAndWhoHasItIsTold() {
    stream("lake");
    StreamLease lease = Objects.requireNonNull(one.claim());
    database
        .jdbc()
        .update(
            "insert into bridge.target (name, state) values ('subscriber:' || ?, 'paused')",
            lease.subscriber());

    assertThat(one.extend(lease)).isEqualTo(Held.STOPPED);
    assertThat(one.save(lease, position())).isEqualTo(Held.STOPPED);
    one.release(lease, Duration.ZERO);
    endLeases();
    assertThat(other.claim()).isNull();
  }

  @Test
  void aHoldThatIsAskedOftenEnoughOutlastsItsLeaseAndKnowsItsEnd() {
    stream("lake");
    StreamLease lease = Objects.requireNonNull(one.claim());
    StreamHold hold = new StreamHold(one, lease);
    database.jdbc().update("update bridge.stream_lease set lease_until = now() + interval '3 s'");

    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(30))
        .until(() -> hold.isHeld() && other.claim() == null);

    endLeases();
    assertThat(other.claim()).isNotNull();
    await().atMost(Duration.ofSeconds(30)).until(() -> !hold.isHeld());
  }

  @Test
  void aPauseAfterAFailureHoldsForEverybodyAndStreamsAreSharedOut() {
    stream("lake");
    stream("sea");
    StreamLease lake = Objects.requireNonNull(one.claim());
    StreamLease sea = Objects.requireNonNull(other.claim());
    assertThat(sea.subscriber()).isNotEqualTo(lake.subscriber());

    one.release(lake, Duration.ofHours(1));
    assertThat(other.claim()).isNull();
    endLeases();
    assertThat(other.claim()).isNotNull();
  }

  @Test
  void aPositionOfBeforeRestoredEventsIsNotSaved() {
    stream("lake");
    StreamLease lease = Objects.requireNonNull(one.claim());
    Position start = position();

    assertThat(one.save(lease, new Position(start.restores() + 1, start.xact(), 5)))
        .isEqualTo(Held.LOST);
    assertThat(position()).isEqualTo(start);
  }
}
