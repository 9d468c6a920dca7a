package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lease gives a row to one instance for a while, and to nobody for longer. */
class LeaseTest {

  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aPayloadThatTookLongToFetchIsNotSent() {
    QueueStore store = fixture.store("a");
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, args)"
            + " values ('x.y', jsonb_build_object('text', repeat('x', 20000)))");
    List<ClaimedRow> rows =
        store
            .claim("odoo", BatchPolicy.ONE_BY_ONE, 5, LaneCursor.START, EngineFixture.LEASE)
            .rows();
    assertThat(rows).hasSize(1).noneMatch(ClaimedRow::fetched);
    AtomicLong nanos = new AtomicLong();
    RowWorker worker =
        new RowWorker(
            store,
            new CircuitBreakers(List.of(), Clock.systemUTC()),
            (target, why) -> {},
            () -> nanos.getAndAdd(Duration.ofSeconds(6).toNanos()));

    List<Ack> acks =
        worker.work(
            rows,
            calls -> {
              throw new AssertionError("it was sent");
            });

    assertThat(acks).singleElement().matches(ack -> !ack.started());
  }

  @Test
  void aRowWhoseLeaseHasEndedIsSentAgainWithTheSameKey() {
    QueueStore crashed = fixture.store("crashed");
    long id = fixture.insert("res.partner.update", "{\"id\": 1}");
    ClaimedRow lost =
        crashed
            .claim("odoo", BatchPolicy.ONE_BY_ONE, 5, LaneCursor.START, EngineFixture.LEASE)
            .rows()
            .get(0);
    assertThat(crashed.rescue(List.of())).isZero();

    fixture.jdbc.update(
        "update public.odoo_action_outbox set lease_until = now() - interval '1 s'");
    assertThat(crashed.rescue(List.of())).isEqualTo(1);
    assertThat(fixture.row(id).get("last_error").toString())
        .contains("crashed did not report back");
    fixture.jdbc.update("update public.odoo_action_outbox set next_attempt_at = now()");

    Queue<ClaimedRow> seen = new ConcurrentLinkedQueue<>();
    fixture.engine(
        "b",
        row -> {
          seen.add(row);
          return ok();
        });
    fixture.awaitStatus(id, "applied");
    assertThat(seen.element().idempotencyKey()).isEqualTo(lost.idempotencyKey());
    // Its outcome is unknown: that is no failure of the row.
    assertThat(seen.element().attempt()).isEqualTo(1);
    assertThat(fixture.row(id).get("unreported")).isEqualTo(0);
  }

  @Test
  void theOutcomeOfALostLeaseChangesNothing() {
    QueueStore slow = fixture.store("slow");
    long id = fixture.insert("res.partner.update", "{\"id\": 1}");
    ClaimedRow lost =
        slow.claim("odoo", BatchPolicy.ONE_BY_ONE, 5, LaneCursor.START, EngineFixture.LEASE)
            .rows()
            .get(0);
    fixture.jdbc.update(
        "update public.odoo_action_outbox set lease_until = now() - interval '1 s'");
    slow.rescue(List.of());
    fixture.jdbc.update("update public.odoo_action_outbox set next_attempt_at = now()");
    ClaimedRow second =
        fixture
            .store("other")
            .claim("odoo", BatchPolicy.ONE_BY_ONE, 5, LaneCursor.START, EngineFixture.LEASE)
            .rows()
            .get(0);

    Ack late = new Ack(lost, Outcome.dead("rejected", "late"), Duration.ZERO, true);
    assertThat(slow.ack(List.of(late)).ids()).isEmpty();
    assertThat(fixture.status(id)).isEqualTo("sent");
    assertThat(fixture.row(id).get("lease_token")).isEqualTo(second.token());
    assertThat(
            fixture.jdbc.queryForObject("select count(*) from bridge.dead_letter", Integer.class))
        .isZero();
  }

  @Test
  void aRowThatNeverStartedGoesBackUncounted() {
    QueueStore store = fixture.store("a");
    long id = fixture.insert("x.y", "{}");
    ClaimedRow row =
        store
            .claim("odoo", BatchPolicy.ONE_BY_ONE, 1, LaneCursor.START, EngineFixture.LEASE)
            .rows()
            .get(0);
    store.ack(List.of(Ack.notStarted(row)));
    assertThat(fixture.status(id)).isEqualTo("queued");
    assertThat(fixture.row(id).get("attempts")).isEqualTo(0);
    assertThat(fixture.jdbc.queryForObject("select count(*) from bridge.attempt", Integer.class))
        .isZero();
  }

  @Test
  void whatAnEarlierAttemptWasAnsweredStaysWhenARowGoesBackUnsent() {
    QueueStore store = fixture.store("a");
    long id = fixture.insert("x.y", "{}");
    fixture.jdbc.update(
        "update public.odoo_action_outbox set response_status = 502, response_body = 'bad gateway'");
    for (boolean details : new boolean[] {true, false}) {
      ClaimedRow row =
          store
              .claim("odoo", BatchPolicy.ONE_BY_ONE, 1, LaneCursor.START, EngineFixture.LEASE)
              .rows()
              .get(0);
      Ack released = Ack.notStarted(row);
      assertThat((details ? store.ack(List.of(released)) : store.ackBare(released, true)).ids())
          .containsExactly(id);
      assertThat(fixture.row(id))
          .containsEntry("attempts", 0)
          .containsEntry("response_status", 502)
          .containsEntry("response_body", "bad gateway");
    }
  }

  @Test
  void anInstanceWithAStableNameTakesBackItsOwnRows() {
    long id = fixture.insert("x.y", "{}");
    fixture
        .store("node-1")
        .claim("odoo", BatchPolicy.ONE_BY_ONE, 1, LaneCursor.START, EngineFixture.LEASE);
    assertThat(fixture.store("node-2").releaseOwn()).isZero();
    assertThat(fixture.store("node-1").releaseOwn()).isEqualTo(1);
    assertThat(fixture.status(id)).isEqualTo("queued");
  }

  @Test
  void attemptsWithoutAnOutcomeLeaveTheScheduleAloneAndEndAllTheSame() {
    long id = fixture.insert("x.y", "{}");
    QueueStore crashed = fixture.store("crashed");
    for (int n = 1; n <= 20; n++) {
      crashed.claim("odoo", BatchPolicy.ONE_BY_ONE, 1, LaneCursor.START, EngineFixture.LEASE);
      assertThat(fixture.row(id).get("attempts")).isEqualTo(1);
      fixture.jdbc.update(
          "update public.odoo_action_outbox set lease_until = now() - interval '1 s'");
      assertThat(crashed.rescue(List.of())).isEqualTo(1);
      assertThat(fixture.row(id).get("unreported")).isEqualTo(n);
      fixture.jdbc.update("update public.odoo_action_outbox set next_attempt_at = now()");
    }

    Claim last =
        crashed.claim("odoo", BatchPolicy.ONE_BY_ONE, 1, LaneCursor.START, EngineFixture.LEASE);

    assertThat(last.rows()).isEmpty();
    assertThat(last.unsendable()).singleElement().matches(ack -> ack.outcome().isDead());
  }

  @Test
  void aRowWhoseLastAttemptEndedWithoutAnOutcomeIsADeadLetterAndNotSentAgain() {
    long id = fixture.insert("x.y", "{}");
    fixture.jdbc.update("update public.odoo_action_outbox set max_attempts = 1");
    QueueStore crashed = fixture.store("crashed");
    crashed.claim("odoo", BatchPolicy.ONE_BY_ONE, 1, LaneCursor.START, EngineFixture.LEASE);
    fixture.jdbc.update(
        "update public.odoo_action_outbox set lease_until = now() - interval '1 s'");
    crashed.rescue(List.of());
    fixture.jdbc.update("update public.odoo_action_outbox set next_attempt_at = now()");
    Queue<ClaimedRow> sent = new ConcurrentLinkedQueue<>();
    fixture.engine(
        "b",
        row -> {
          sent.add(row);
          return ok();
        });
    fixture.awaitStatus(id, "error");
    assertThat(sent).isEmpty();
    assertThat(fixture.jdbc.queryForMap("select * from bridge.dead_letter"))
        .containsEntry("reason", "attempts_spent");
  }
}
