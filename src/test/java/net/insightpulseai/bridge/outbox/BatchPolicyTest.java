package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that share a call, and how much is claimed for it. */
class BatchPolicyTest {

  private static final BatchPolicy.Batching FIVES =
      new BatchPolicy.Batching(5, Set.of("x.y", "x.z"));

  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
    fixture.batchPolicy = target -> FIVES;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aCallTakesOneSlotHoweverManyRowsShareIt() {
    fixture.settings = EngineFixture.settings(Duration.ofMillis(20), 32, 2, false);
    insert("x.y", 23);
    CountDownLatch release = new CountDownLatch(1);
    List<Integer> sizes = new CopyOnWriteArrayList<>();

    QueueEngine engine =
        fixture.engineOfCalls(
            "a",
            rows -> {
              sizes.add(rows.size());
              release.await(30, TimeUnit.SECONDS);
              return Collections.nCopies(rows.size(), ok());
            });

    await().until(() -> engine.inFlight() == 10);
    await().during(Duration.ofMillis(200)).until(() -> fixture.count("status = 'sent'") == 10);
    release.countDown();
    fixture.awaitCount("status = 'applied' and attempts = 1", 23);
    assertThat(sizes.stream().mapToInt(n -> n).sum()).isEqualTo(23);
    assertThat(sizes).startsWith(5, 5).allMatch(size -> size <= 5);
    await().until(() -> engine.inFlight() == 0);
  }

  @Test
  void neverMoreCallsThanSlotsHoweverRowsThatShareAndRowsThatDoNotAreMixed() {
    fixture.settings = EngineFixture.settings(Duration.ofMillis(20), 32, 3, false);
    for (int i = 0; i < 40; i++) {
      insert("x.y", i % 7);
      insert("alone.one", i % 3);
      fixture.insert("x.z", "{\"id\": " + i % 5 + "}");
      fixture.insert("alone.two", "{\"id\": " + i % 5 + "}");
    }
    int all = fixture.count("true");
    AtomicInteger calls = new AtomicInteger();
    List<String> wrong = new CopyOnWriteArrayList<>();

    fixture.engineOfCalls(
        "a",
        rows -> {
          if (calls.incrementAndGet() > 3) {
            wrong.add("more calls than slots");
          }
          if (rows.size() > 5
              || (rows.size() > 1 && rows.stream().anyMatch(r -> r.payload().contains("alone")))) {
            wrong.add("together: " + rows);
          }
          Thread.yield();
          calls.decrementAndGet();
          return Collections.nCopies(rows.size(), ok());
        });

    fixture.awaitCount("status = 'applied' and attempts = 1", all);
    assertThat(wrong).isEmpty();
  }

  @Test
  void oneClaimFillsItsRoomAndNoMore() {
    insert("x.y", 7);
    insert("alone.one", 2);
    insert("x.y", 7);

    Claim claim =
        fixture.store("a").claim("odoo", FIVES, 20, LaneCursor.START, EngineFixture.LEASE);

    assertThat(claim.batchable()).hasSize(10);
    assertThat(claim.rows()).hasSize(2);
    assertThat(fixture.count("status = 'sent'")).isEqualTo(12);
  }

  @Test
  void whatHasFailedOnceOrHasAnEnvelopeOrIsLargeSharesNoCall() {
    insert("x.y", 4);
    fixture.jdbc.update("update public.odoo_action_outbox set last_error = 'e' where id = 1");
    fixture.jdbc.update("update public.odoo_action_outbox set envelope = '{}' where id = 2");
    fixture.jdbc.update(
        "update public.odoo_action_outbox set args = jsonb_build_object('t', (select"
            + " string_agg(md5(i::text), '') from generate_series(1, 1000) i)) where id = 3");

    Claim claim =
        fixture.store("a").claim("odoo", FIVES, 40, LaneCursor.START, EngineFixture.LEASE);

    assertThat(claim.batchable()).extracting(ClaimedRow::id).containsExactly(4L);
    assertThat(claim.rows()).extracting(ClaimedRow::id).containsExactly(1L, 2L, 3L);
  }

  @Test
  void manyLanesFillTheRoomOfOneCall() {
    for (int i = 0; i < 12; i++) {
      fixture.insert("x.z", "{\"id\": " + i + "}");
    }

    Claim claim = fixture.store("a").claim("odoo", FIVES, 5, LaneCursor.START, EngineFixture.LEASE);

    assertThat(claim.batchable()).hasSize(5);
    assertThat(claim.next()).isNotNull();
  }

  @Test
  void aRouteThatSaysNothingOfTheRowsOfACallAppliesNoneAndPausesItsTarget() {
    insert("x.y", 5);

    fixture.engineOfCalls("a", rows -> new RowBatch(rows).outcomes(null));

    await()
        .until(
            () ->
                "paused"
                    .equals(
                        fixture.jdbc.queryForObject(
                            "select state from bridge.target where name = 'odoo'", String.class)));
    fixture.awaitCount("status = 'queued' and attempts = 1", 5);
  }

  @Test
  void aLostLeaseCostsOneRowOfACallItsOutcomeAndNotTheOthers() {
    insert("x.y", 3);
    List<Long> settled = new CopyOnWriteArrayList<>();

    fixture.engineOfCalls(
        "a",
        rows -> {
          if (rows.size() == 3) {
            fixture.jdbc.update(
                "update public.odoo_action_outbox set lease_token = nextval('bridge.lease_token'),"
                    + " lease_until = now() + interval '1 h', locked_by = 'other' where id = 2");
          }
          return Collections.nCopies(rows.size(), ok());
        },
        (queue, ids) -> settled.addAll(ids));

    fixture.awaitCount("status = 'applied'", 2);
    assertThat(fixture.row(2)).containsEntry("status", "sent").containsEntry("locked_by", "other");
    await().until(() -> settled.size() == 2);
    assertThat(settled).containsExactlyInAnyOrder(1L, 3L);
  }

  @Test
  void whatADetachedHandlerHadNotStartedGoesBackAsIfItHadNotBeenClaimed() {
    fixture.settings = EngineFixture.settings(Duration.ofMillis(20), 32, 1, false);
    insert("x.y", 12);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RowHandler handler =
        rows -> {
          started.countDown();
          release.await(30, TimeUnit.SECONDS);
          return Collections.nCopies(rows.size(), ok());
        };
    QueueEngine engine = fixture.engineOfCalls("a", handler);
    await().until(() -> started.getCount() == 0);

    engine.detach(handler);
    release.countDown();

    fixture.awaitCount("status = 'applied'", 5);
    fixture.awaitCount("status = 'queued' and attempts = 0", 7);
  }

  @Test
  void allSuspectRowsOfACallCauseOneProbe() {
    AtomicInteger probes = new AtomicInteger();
    fixture.probes.add(
        new TargetProbe() {
          @Override
          public boolean covers(String target) {
            return true;
          }

          @Override
          public Fault probe(String target) {
            probes.incrementAndGet();
            return null;
          }
        });
    insert("x.y", 5);

    fixture.engineOfCalls(
        "a",
        rows -> {
          List<Outcome> handled = new ArrayList<>();
          for (ClaimedRow row : rows) {
            Retry late = Outcome.retry("timeout", "late", Duration.ofHours(1));
            handled.add(row.attempt() == 1 ? late.suspected() : ok());
          }
          return handled;
        });

    fixture.awaitCount("status = 'queued' and attempts = 1 and last_error = 'late'", 5);
    assertThat(probes).hasValue(1);
  }

  /** Rows without a lane. */
  private void insert(String action, int count) {
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, args, ordering_key)"
            + " select ?, '{}', '' from generate_series(1, ?)",
        action,
        count);
  }
}
