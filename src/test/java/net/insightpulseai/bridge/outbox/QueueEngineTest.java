package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.done;
import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static net.insightpulseai.bridge.outbox.EngineFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the engine promises about rows, slots and leases. */
class QueueEngineTest {

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
  void rowsInsertedByPlainSqlAsInTheOriginalContractAreApplied() {
    Queue<ClaimedRow> seen = new ConcurrentLinkedQueue<>();
    fixture.engine(
        "a",
        row -> {
          seen.add(row);
          return ok();
        });
    long id = fixture.insert("res.partner.update", "{\"id\": 42, \"values\": {\"name\": \"New\"}}");
    fixture.awaitStatus(id, "applied");

    ClaimedRow row = seen.element();
    assertThat(row.target()).isEqualTo("odoo");
    assertThat(row.orderingKey()).isEqualTo("res.partner:42");
    assertThat(row.attempt()).isEqualTo(1);
    assertThat(row.payload()).contains("\"action\" : \"res.partner.update\"");
    assertThat(fixture.row(id).get("applied_at")).isNotNull();
    assertThat(fixture.row(id).get("lease_token")).isNull();
    assertThat(
            fixture.jdbc.queryForList(
                "select event_type from public.audit_event where source = 'bridge' and resource_id = ?",
                String.class,
                String.valueOf(id)))
        .containsExactly("bridge.action.applied");
  }

  @Test
  void twoEnginesNeverSendTheSameRowWhileALeaseHolds() {
    Map<Long, AtomicInteger> sent = new ConcurrentHashMap<>();
    EngineFixture.OneByOne counting =
        row -> {
          sent.computeIfAbsent(row.id(), i -> new AtomicInteger()).incrementAndGet();
          return ok();
        };
    fixture.engine("a", counting);
    fixture.engine("b", counting);
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, args)"
            + " select 'res.partner.update', jsonb_build_object('id', n % 40) from generate_series(1, 400) n");
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action) select 'x.y' from generate_series(1, 400) n");
    fixture.awaitCount("status = 'applied'", 800);

    assertThat(sent).hasSize(800);
    assertThat(sent.values()).allSatisfy(n -> assertThat(n.get()).isEqualTo(1));
  }

  @Test
  void aSlowCallDelaysNoOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    long slow = fixture.insert("slow.call", "{}");
    fixture.engine(
        "a",
        row -> {
          if (row.id() == slow) {
            release.await(30, TimeUnit.SECONDS);
          }
          return ok();
        });
    for (int i = 0; i < 50; i++) {
      fixture.insert("x.y", "{}");
    }
    fixture.awaitCount("status = 'applied'", 50);
    assertThat(fixture.status(slow)).isEqualTo("sent");
    release.countDown();
    fixture.awaitStatus(slow, "applied");
  }

  @Test
  void aSlowTargetTakesNoOtherTargetsSlots() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger slowAtOnce = new AtomicInteger();
    fixture.settings = settings(Duration.ofMillis(20), 32, 4, false);
    for (int i = 0; i < 30; i++) {
      fixture.insertFor("slow", "");
      fixture.insertFor("quick", "");
    }
    fixture.engine(
        "a",
        row -> {
          if (row.target().equals("slow")) {
            slowAtOnce.incrementAndGet();
            release.await(30, TimeUnit.SECONDS);
          }
          return ok();
        });
    fixture.awaitCount("target = 'quick' and status = 'applied'", 30);
    assertThat(slowAtOnce).hasValue(4);
    assertThat(fixture.count("target = 'slow' and status = 'sent'")).isEqualTo(4);
    release.countDown();
    fixture.awaitCount("status = 'applied'", 60);
  }

  @Test
  void anExchangeWithoutAnOutcomeIsNeverAppliedAndSeveralPauseTheTarget() {
    for (int i = 0; i < 20; i++) {
      fixture.insert("x.y", "{}");
    }
    fixture.engine("a", row -> ExchangeEnd.withoutOutcome(null));
    await()
        .until(
            () ->
                "paused"
                    .equals(
                        fixture.jdbc.queryForObject(
                            "select state from bridge.target where name = 'odoo'", String.class)));
    assertThat(
            fixture.jdbc.queryForObject(
                "select reason from bridge.target where name = 'odoo'", String.class))
        .isEqualTo("route sets no outcome");
    await().until(() -> fixture.count("status = 'sent'") == 0);
    assertThat(fixture.count("status = 'queued'")).isEqualTo(20);
    assertThat(fixture.count("attempts = 0")).isGreaterThan(0);
  }

  @Test
  void aRowPastItsNotAfterIsADeadLetterAndNeverSent() {
    AtomicInteger sent = new AtomicInteger();
    long id = fixture.insert("x.y", "{\"id\": 7}");
    fixture.jdbc.update(
        "update public.odoo_action_outbox set not_after = now() - interval '1 s' where id = ?", id);
    fixture.engine(
        "a",
        row -> {
          sent.incrementAndGet();
          return ok();
        });
    fixture.awaitStatus(id, "error");
    assertThat(sent).hasValue(0);
    Map<String, Object> letter = fixture.jdbc.queryForMap("select * from bridge.dead_letter");
    assertThat(letter).containsEntry("reason", "expired").containsEntry("row_id", id);
    assertThat(new String((byte[]) letter.get("payload"), java.nio.charset.StandardCharsets.UTF_8))
        .contains("x.y");
  }

  @Test
  void aRetryWaitsAndCountsAndLeavesATrace() {
    long id = fixture.insert("x.y", "{}");
    fixture.engine(
        "a",
        row -> Outcome.retry("busy", "come back later", Duration.ofHours(1)).answered(503, "busy"));
    await()
        .until(
            () ->
                fixture.count(
                        "attempts = 1 and status = 'queued' and next_attempt_at > now() + interval '50 min'")
                    == 1);
    assertThat(fixture.row(id))
        .containsEntry("last_error", "come back later")
        .containsEntry("response_status", 503);
    assertThat(fixture.jdbc.queryForMap("select * from bridge.attempt"))
        .containsEntry("row_id", id)
        .containsEntry("class", "busy")
        .containsEntry("attempt", 1);
  }

  @Test
  void anAnswerThatTheDatabaseCannotStoreHoldsNothingUp() {
    long id = fixture.insert("x.y", "{}");
    long other = fixture.insert("x.y", "{}");
    fixture.engine("a", row -> done(200, row.id() == id ? "a\u0000b\uD800c" : "fine"));
    fixture.awaitStatus(id, "applied");
    fixture.awaitStatus(other, "applied");
    assertThat(fixture.row(id).get("response_body")).isEqualTo("a\uFFFDb\uFFFDc");
  }

  @Test
  void settledRowsAreToldAfterTheCommit() {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    fixture.engine(
        "a",
        row -> ok(),
        (queue, ids) -> ids.forEach(i -> told.add(queue + " " + i + " " + fixture.status(i))));
    long id = fixture.insert("x.y", "{}");
    await().until(() -> !told.isEmpty());
    assertThat(told).containsExactly("odoo-actions " + id + " applied");
  }
}
