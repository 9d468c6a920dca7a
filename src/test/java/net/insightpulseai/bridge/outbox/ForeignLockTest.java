package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody else's lock on a row, as of an operator who left a transaction open. */
@Timeout(120)
class ForeignLockTest {

  private EngineFixture fixture;
  private Connection other;

  @BeforeEach
  void open() throws SQLException {
    fixture = new EngineFixture(TestDatabase.fresh());
    other = fixture.jdbc.getDataSource().getConnection();
    other.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    other.rollback();
    other.close();
    fixture.close();
  }

  @Test
  void aLockedRowWaitsAloneAndIsSettledWhenItIsFree() throws Exception {
    long locked = fixture.insert("x.y", "{\"id\": 1}");
    CountDownLatch inFlight = new CountDownLatch(1);
    CountDownLatch isLocked = new CountDownLatch(1);
    fixture.engine(
        "a",
        row -> {
          if (row.id() == locked) {
            inFlight.countDown();
            isLocked.await();
          }
          return ok();
        });
    inFlight.await();
    lock(locked);
    isLocked.countDown();
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, args)"
            + " select 'x.y', jsonb_build_object('id', i) from generate_series(2, 51) i");

    fixture.awaitCount("status = 'applied'", 50);
    assertThat(fixture.status(locked)).isEqualTo("sent");

    other.rollback();
    fixture.awaitStatus(locked, "applied");
    assertThat(fixture.row(locked).get("attempts")).isEqualTo(1);
  }

  @Test
  void aLockedRowIsReportedAsLockedAndNotAsLost() throws SQLException {
    QueueStore store = fixture.store("a");
    long locked = fixture.insert("x.y", "{}");
    long free = fixture.insert("x.y", "{}");
    List<Ack> acks = claim(store).stream().map(row -> ack(row, ok())).toList();
    lock(locked);

    QueueStore.Settled settled = store.ack(acks);

    assertThat(settled.ids()).containsExactly(free);
    assertThat(settled.locked()).containsExactly(locked);
    assertThat(store.blockers(settled.locked()))
        .singleElement()
        .satisfies(
            blocker -> {
              assertThat(blocker.pid()).isEqualTo(pidOfOther());
              assertThat(blocker.application()).isNotNull();
            });
  }

  @Test
  void neitherTheRescuerNorABareOutcomeNorARestartWaitsForALockedRow() throws SQLException {
    QueueStore store = fixture.store("a");
    long locked = fixture.insert("x.y", "{}");
    ClaimedRow row = claim(store).get(0);
    fixture.jdbc.update(
        "update public.odoo_action_outbox set lease_until = now() - interval '1 s'");
    lock(locked);

    assertThat(store.rescue(List.of())).isZero();
    assertThat(store.releaseOwn()).isZero();
    assertThat(store.ackBare(ack(row, ok()), true).locked()).containsExactly(locked);
    assertThat(fixture.row(locked).get("attempts")).isEqualTo(1);
  }

  @Test
  void whileNoOutcomeCanBeWrittenNothingMoreIsSent() throws Exception {
    fixture.limit("lock_timeout", "500ms");
    try (Statement statement = other.createStatement()) {
      // As "create index" does
      statement.execute("lock table public.audit_event in share mode");
    }
    AtomicInteger calls = new AtomicInteger();
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, args)"
            + " select 'x.y', jsonb_build_object('id', i) from generate_series(1, 800) i");
    fixture.engine(
        "a",
        row -> {
          calls.incrementAndGet();
          TimeUnit.MILLISECONDS.sleep(40);
          return ok();
        });

    AtomicInteger before = new AtomicInteger(-1);
    await()
        .pollInterval(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(60))
        .until(() -> before.getAndSet(calls.get()) == calls.get());
    assertThat(calls).hasValueBetween(8, 400);

    other.rollback();
    fixture.awaitCount("status = 'applied'", 800);
    assertThat(calls).hasValue(800);
  }

  private static List<ClaimedRow> claim(QueueStore store) {
    return store
        .claim("odoo", BatchPolicy.ONE_BY_ONE, 5, LaneCursor.START, EngineFixture.LEASE)
        .rows();
  }

  private static Ack ack(ClaimedRow row, Outcome outcome) {
    return new Ack(row, outcome, Duration.ZERO, true);
  }

  private void lock(long id) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute("select from public.odoo_action_outbox where id = " + id + " for update");
    }
  }

  private int pidOfOther() {
    try (Statement statement = other.createStatement();
        var row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
