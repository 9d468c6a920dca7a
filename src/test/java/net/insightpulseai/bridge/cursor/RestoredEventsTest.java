package net.insightpulseai.bridge.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.dao.DataAccessException;

/**
 * A dump of one server in another that has counted fewer transactions: as a restore at Supabase, or
 * a database that moves.
 */
class RestoredEventsTest {

  private static final List<String> TABLES =
      List.of(
          "public.audit_event",
          "bridge.subscriber",
          "bridge.event_order",
          "bridge.subscriber_position");

  private final OrderFixture from = new OrderFixture(TestDatabase.fresh());
  private final OrderFixture to = new OrderFixture(TestDatabase.ownServer());

  @AfterEach
  void close() {
    from.close();
    to.close();
  }

  @Test
  void aReaderOfARestoredDatabaseGetsWhatItLacksAndWhatIsNew() throws Exception {
    aheadOfTheOtherServer();
    long subscriber = from.subscribe("a", "{*}");
    List<Long> read = List.of(from.store("a.b"), from.store("a.b"));
    from.save(subscriber, after(from, subscriber, read.get(1)));
    long unread = from.store("a.b");

    restore();
    OrderFixture started = to.restarted();
    long fresh = to.store("a.b");

    Position kept = started.positions.find(subscriber);
    assertThat(started.idsAfter(subscriber, kept)).containsSubsequence(unread, fresh);
    Position end = end(started, subscriber, kept);
    assertThat(started.save(subscriber, end)).isTrue();
    long later = to.store("a.b");
    assertThat(started.idsAfter(subscriber, end)).containsExactly(later);
    assertThat(started.idsAfter(subscriber, started.order.beginning()))
        .containsExactly(read.get(0), read.get(1), unread, fresh, later);
    assertThat(started.idsAfter(subscriber, started.order.from(unread)))
        .containsExactly(unread, fresh, later);
    assertThat(to.restarted().positions.find(subscriber)).isEqualTo(end);
  }

  @Test
  void whatWasStoredLongBeforeASubscriberStaysClosedAfterARestore() throws Exception {
    aheadOfTheOtherServer();
    long before = from.store("a.b");
    long subscriber = from.subscribe("a", "{*}");
    long own = from.store("a.b");

    restore();
    OrderFixture started = to.restarted();

    assertThat(started.idsAfter(subscriber, started.order.beginning()))
        .doesNotContain(before)
        .contains(own);
  }

  @Test
  void aReaderThatIsRunningSeesThatEventsWereRestored() throws Exception {
    aheadOfTheOtherServer();
    long subscriber = to.subscribe("b", "{*}");
    Position before = to.positions.find(subscriber);
    assertThat(to.idsAfter(subscriber, before)).isEmpty();
    long old = from.store("a.b");
    copy("public.audit_event");
    to.jdbc.queryForObject("select setval('public.audit_event_id_seq', ?)", Long.class, old);

    assertThatThrownBy(() -> to.order.read(subscriber, before, 10, 10))
        .isInstanceOf(PositionOutdated.class);
    long fresh = to.store("a.b");
    Position kept = to.positions.find(subscriber);
    assertThat(kept.restores()).isCloseTo(secondsSince2024(), within(60));
    assertThat(to.idsAfter(subscriber, kept)).containsExactly(old, fresh);
    assertThat(to.save(subscriber, before)).isFalse();
    assertThat(to.positions.move(subscriber, before, "ada", "a test")).isNull();
  }

  @Test
  void aRestoreIsNoticedAlsoWhenTheServerHasCountedOnMeanwhile() throws Exception {
    aheadOfTheOtherServer();
    long subscriber = from.subscribe("a", "{*}");
    long read = from.store("a.b");
    from.save(subscriber, after(from, subscriber, read));
    Position kept = from.positions.find(subscriber);

    restore();
    long fresh = to.store("a.b");
    to.count((int) (kept.xact() + 100 - xact(to)));
    OrderFixture started = to.restarted();

    assertThat(started.idsAfter(subscriber, started.positions.find(subscriber))).contains(fresh);
  }

  @Test
  void whatIsStillBeingStoredHoldsTheNoteUpAndIsNotLost() throws Exception {
    aheadOfTheOtherServer();
    long subscriber = to.subscribe("b", "{*}");
    Position before = to.positions.find(subscriber);
    long old = from.store("a.b");
    copy("public.audit_event");
    to.jdbc.queryForObject("select setval('public.audit_event_id_seq', ?)", Long.class, old);
    try (Connection open = to.database.dataSource().getConnection()) {
      open.setAutoCommit(false);
      try (var statement = open.createStatement()) {
        statement.execute(
            "insert into public.audit_event (source, event_type) values ('odoo', 'a.open')");
      }
      long committed = to.insert("a.b");
      assertThatThrownBy(() -> to.order.read(subscriber, before, 10, 10))
          .isInstanceOf(DataAccessException.class);
      open.commit();
      to.awaitReadable();
      assertThatThrownBy(() -> to.order.read(subscriber, before, 10, 10))
          .isInstanceOf(PositionOutdated.class);
      assertThat(to.idsAfter(subscriber, to.positions.find(subscriber)))
          .containsExactly(old, committed - 1, committed);
    }
  }

  @Test
  void aDatabaseThatWentBackToAPointInTimeIsNoticedByTheNextRead() {
    long subscriber = from.subscribe("a", "{*}");
    Position before = from.positions.find(subscriber);
    long event = from.store("a.b");
    // The server goes on, under another timeline, with transactions and ids that it had before.
    from.jdbc.update(
        "update bridge.event_order set server = regexp_replace(server, ':[0-9A-F]{8}$', ':0000ABCD')");

    assertThatThrownBy(() -> from.order.read(subscriber, before, 10, 10))
        .isInstanceOf(PositionOutdated.class);
    Position kept = from.positions.find(subscriber);
    assertThat(kept.restores()).isCloseTo(secondsSince2024(), within(60));
    assertThat(from.idsAfter(subscriber, kept)).containsExactly(event);
  }

  @Test
  void aCopyOnTheSameServerLosesNothing() {
    long subscriber = from.subscribe("a", "{*}");
    Position before = from.positions.find(subscriber);
    from.jdbc.update("update bridge.event_order set server = 'another'");
    long event = from.store("a.b");

    OrderFixture started = from.restarted();
    Position kept = started.positions.find(subscriber);
    assertThat(kept).isNotEqualTo(before);
    assertThat(started.idsAfter(subscriber, kept)).containsExactly(event);
    assertThat(from.restarted().positions.find(subscriber)).isEqualTo(kept);
  }

  private void aheadOfTheOtherServer() {
    from.order.now();
    to.order.now();
    from.count((int) Math.max(0, xact(to) + 200 - xact(from)));
  }

  private static long xact(OrderFixture fixture) {
    return Long.parseLong(
        fixture.jdbc.queryForObject("select pg_current_xact_id()::text", String.class));
  }

  private static Position after(OrderFixture fixture, long subscriber, long id) {
    return fixture.order.read(subscriber, fixture.order.beginning(), 100, 100).events().stream()
        .filter(event -> event.id() == id)
        .findFirst()
        .orElseThrow()
        .position();
  }

  private static Position end(OrderFixture fixture, long subscriber, Position from) {
    return fixture.order.read(subscriber, from, 100, 100).next();
  }

  /** As pg_dump and pg_restore do: rows as they are, without triggers, and the sequences. */
  private void restore() throws Exception {
    to.jdbc.execute("delete from bridge.event_order");
    for (String table : TABLES) {
      copy(table);
    }
    for (String sequence : List.of("public.audit_event_id_seq", "bridge.subscriber_id_seq")) {
      Long last = from.jdbc.queryForObject("select last_value from " + sequence, Long.class);
      to.jdbc.queryForObject("select setval('" + sequence + "', ?)", Long.class, last);
    }
  }

  private void copy(String table) throws Exception {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (Connection connection = from.database.dataSource().getConnection()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy (select * from " + table + ") to stdout", rows);
    }
    try (Connection connection = to.database.dataSource().getConnection()) {
      try (var statement = connection.createStatement()) {
        statement.execute("alter table " + table + " disable trigger user");
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy " + table + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
        statement.execute("alter table " + table + " enable trigger user");
      }
    }
  }

  /** What no other restore of the same backup can have. */
  private static int secondsSince2024() {
    return (int) Duration.between(Instant.parse("2024-01-01T00:00:00Z"), Instant.now()).toSeconds();
  }
}
