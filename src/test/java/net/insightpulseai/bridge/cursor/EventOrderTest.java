package net.insightpulseai.bridge.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events are read in an order in which none is passed over. */
class EventOrderTest {

  private final OrderFixture at = new OrderFixture(TestDatabase.fresh());

  @AfterEach
  void close() {
    at.close();
  }

  @Test
  void aTransactionThatCommitsLateIsNotPassedOver() throws Exception {
    long subscriber = at.subscribe("a", "{*}");
    Position position = at.order.now();
    try (Connection late = at.database.dataSource().getConnection()) {
      late.setAutoCommit(false);
      try (var statement = late.createStatement()) {
        statement.execute(
            "insert into public.audit_event (source, event_type) values ('odoo', 'a.late')");
      }
      long early = at.insert("a.early");
      assertThat(at.idsAfter(subscriber, position)).isEmpty();
      late.commit();
      at.awaitReadable();
      assertThat(at.idsAfter(subscriber, position)).containsExactly(early - 1, early);
    }
  }

  @Test
  void nowIsBehindWhatIsCommittedAndBeforeWhatIsStillOpen() throws Exception {
    long subscriber = at.subscribe("a", "{*}");
    at.store("a.before");
    try (Connection open = at.database.dataSource().getConnection()) {
      open.setAutoCommit(false);
      try (var statement = open.createStatement()) {
        statement.execute(
            "insert into public.audit_event (source, event_type) values ('odoo', 'a.open')");
      }
      Position now = at.order.now();
      open.commit();
      at.awaitReadable();
      assertThat(at.idsAfter(subscriber, now)).hasSize(1);
    }
  }

  @Test
  void aReaderGetsWhatItAsksForInBatchesAndPassesTheRest() {
    long subscriber = at.subscribe("a", "{a.*}");
    List<Long> wanted = new ArrayList<>();
    Position start = at.order.beginning();
    for (int n = 0; n < 30; n++) {
      at.store("b.c");
      wanted.add(at.store("a.b"));
    }
    EventBatch first = at.order.read(subscriber, start, 7, 1_000);
    assertThat(first.events()).extracting(OrderedEvent::id).isEqualTo(wanted.subList(0, 7));
    assertThat(first.more()).isTrue();
    EventBatch rest = at.order.read(subscriber, first.next(), 100, 1_000);
    assertThat(rest.events()).extracting(OrderedEvent::id).isEqualTo(wanted.subList(7, 30));
    assertThat(rest.more()).isFalse();
    assertThat(at.order.read(subscriber, rest.next(), 100, 100).events()).isEmpty();
  }

  @Test
  void aBatchThatFindsNothingHasComeFurtherAllTheSame() {
    long subscriber = at.subscribe("a", "{never.*}");
    long everything = at.subscribe("b", "{*}");
    Position start = at.order.beginning();
    for (int n = 0; n < 25; n++) {
      at.store("b.c");
    }
    EventBatch batch = at.order.read(subscriber, start, 10, 10);
    assertThat(batch.events()).isEmpty();
    assertThat(batch.more()).isTrue();
    assertThat(at.idsAfter(everything, batch.next())).hasSize(15);
  }

  @Test
  void oneThatIsTooLargeComesWithoutItsContentAndALargeOneEndsTheBatch() {
    long subscriber = at.subscribe("a", "{*}");
    Position start = at.order.beginning();
    for (int size : new int[] {17_000_000, 3_000_000, 3_000_000, 10}) {
      at.jdbc.update(
          "insert into public.audit_event (source, event_type, payload)"
              + " values ('odoo', 'a.b', jsonb_build_object('x', repeat('x', ?)))",
          size);
    }
    at.awaitReadable();
    EventBatch batch = at.order.read(subscriber, start, 10, 10);
    assertThat(batch.events()).hasSize(2);
    assertThat(batch.events().get(0).message()).contains("\"thin\" : true").hasSizeLessThan(1_000);
    assertThat(batch.more()).isTrue();
    assertThat(at.order.read(subscriber, batch.next(), 10, 10).events()).hasSize(2);
  }

  @Test
  void aNumberThatIsTooLongIsNotWrittenOut() {
    long subscriber = at.subscribe("a", "{*}");
    Position start = at.order.beginning();
    at.jdbc.execute("alter table public.audit_event disable trigger fan_out");
    at.jdbc.update(
        "insert into public.audit_event (source, event_type, payload) values ('odoo', 'a.b', '{\"x\": 1e100000}')");
    at.awaitReadable();
    assertThat(at.order.read(subscriber, start, 10, 10).events().get(0).message())
        .contains("\"thin\" : true")
        .hasSizeLessThan(1_000);
  }

  @Test
  void whatSavesAPositionOnlyEverMovesItOnward() {
    long subscriber = at.subscribe("a", "{*}");
    Position before = at.positions.find(subscriber);
    long first = at.store("a.b");
    EventBatch batch = at.order.read(subscriber, before, 10, 10);
    assertThat(batch.events()).extracting(OrderedEvent::id).containsExactly(first);
    assertThat(at.save(subscriber, batch.next())).isTrue();
    assertThat(at.save(subscriber, before)).isFalse();
    assertThat(at.positions.find(subscriber)).isEqualTo(batch.next());
    Position invented = new Position(batch.next().restores(), Long.MAX_VALUE, 1);
    assertThat(at.save(subscriber, invented)).isFalse();
    assertThat(at.positions.move(subscriber, before, "ada", "a test")).isNotNull();
    assertThat(at.idsAfter(subscriber, at.positions.find(subscriber))).containsExactly(first);
    assertThat(at.positions.save(subscriber, new Bookmark(batch.next(), 0)))
        .as("from before the move")
        .isFalse();
    assertThat(at.save(subscriber, batch.next())).isTrue();
    assertThat(at.positions.move(subscriber + 1, before, "ada", "a test")).isNull();
  }

  @Test
  void aMoveAlsoFencesAStreamThatNobodyHasHeldYet() {
    Long stream =
        at.jdbc.queryForObject(
            "insert into bridge.subscriber (name, kind, mode) values ('lake', 'kafka', 'stream') returning id",
            Long.class);
    assertThat(at.positions.move(stream, at.order.beginning(), "ada", "a test")).isNotNull();
    long pull = at.subscribe("a", "{*}");
    assertThat(at.positions.move(pull, at.order.beginning(), "ada", "a test")).isNotNull();
    assertThat(
            at.jdbc.queryForList(
                "select subscriber from bridge.stream_lease where held_by is null and lease_until <= now()",
                Long.class))
        .containsExactly(stream);
  }

  @Test
  void aSubscriberBeginsBehindWhatIsThereAndMayStartElsewhere() {
    at.store("a.b");
    long second = at.store("a.b");
    long subscriber = at.subscribe("a", "{*}");
    long third = at.store("a.b");
    assertThat(at.idsAfter(subscriber, at.positions.find(subscriber))).containsExactly(third);
    for (Position before : List.of(at.order.beginning(), at.order.from(second))) {
      assertThat(at.idsAfter(subscriber, before)).as("made up").containsExactly(third);
    }
    at.positions.move(subscriber, at.order.from(second), "ada", "a test");
    assertThat(at.idsAfter(subscriber, at.order.beginning())).containsExactly(second, third);
    at.positions.move(subscriber, at.order.beginning(), "ada", "a test");
    assertThat(at.idsAfter(subscriber, at.order.beginning())).hasSize(3);
    assertThat(at.idsAfter(subscriber, at.order.now())).isEmpty();
  }

  @Test
  void whoIsWokenIsWhoAsksForTheType() {
    long a = at.subscribe("a", "{a.*}");
    long all = at.subscribe("all", "{*}");
    long b = at.subscribe("b", "{b.c}");
    Position before = at.order.now();
    assertThat(at.order.arrivals(Set.of(a, all, b), before).subscribers()).isEmpty();
    at.store("a.b");
    Arrivals arrivals = at.order.arrivals(Set.of(a, b), before);
    assertThat(arrivals.subscribers()).containsExactly(a);
    assertThat(at.order.arrivals(Set.of(a, all, b), before).subscribers())
        .containsExactlyInAnyOrder(a, all);
    assertThat(at.order.arrivals(Set.of(a, all, b), arrivals.next()).subscribers()).isEmpty();
  }
}
