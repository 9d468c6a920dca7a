package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static net.insightpulseai.bridge.outbox.EngineFixture.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of one lane go one at a time and in order; rows of others overtake. */
class LaneOrderTest {

  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 300})
  void aLaneKeepsItsOrderUnderRandomFailuresAndSeveralEngines(long seed) {
    Random random = new Random(seed);
    Map<String, List<Long>> applied = new ConcurrentHashMap<>();
    Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
    List<String> violations = new ArrayList<>();
    RowHandler flaky =
        row -> {
          AtomicInteger inLane =
              atOnce.computeIfAbsent(row.orderingKey(), k -> new AtomicInteger());
          if (inLane.incrementAndGet() > 1 && !row.orderingKey().isEmpty()) {
            synchronized (violations) {
              violations.add("two at once in " + row.orderingKey());
            }
          }
          boolean fails;
          synchronized (random) {
            fails = random.nextInt(4) == 0;
          }
          inLane.decrementAndGet();
          if (fails) {
            return said(Outcome.retry("flaky", "fails at random", Duration.ofMillis(5)));
          }
          applied
              .computeIfAbsent(
                  row.orderingKey(), k -> java.util.Collections.synchronizedList(new ArrayList<>()))
              .add(row.id());
          return ok();
        };
    for (String name : List.of("a", "b", "c")) {
      fixture.engine(name, flaky);
    }
    for (int i = 0; i < 300; i++) {
      int lane = random.nextInt(12);
      fixture.insertFor("odoo", lane == 0 ? "" : "res.partner:" + lane);
    }
    fixture.awaitCount("status = 'applied'", 300);

    assertThat(violations).isEmpty();
    applied.remove("");
    assertThat(applied.values())
        .allSatisfy(ids -> assertThat(ids).isSorted().doesNotHaveDuplicates());
  }

  @Test
  void aLaneInBackOffHoldsItsOwnRowsAndNoOthers() {
    long first = fixture.insertFor("odoo", "res.partner:1");
    long second = fixture.insertFor("odoo", "res.partner:1");
    fixture.engine(
        "a",
        row ->
            row.id() == first ? said(Outcome.retry("busy", "later", Duration.ofHours(1))) : ok());
    long other = fixture.insertFor("odoo", "res.partner:2");
    long unordered = fixture.insertFor("odoo", "");
    fixture.awaitStatus(other, "applied");
    fixture.awaitStatus(unordered, "applied");
    assertThat(fixture.status(second)).isEqualTo("queued");

    fixture.jdbc.update(
        "update public.odoo_action_outbox set status = 'applied' where id = ?", first);
    fixture.awaitStatus(second, "applied");
  }

  @Test
  void aDeadRowFreesItsLaneByDefault() {
    long first = fixture.insertFor("odoo", "res.partner:1");
    long second = fixture.insertFor("odoo", "res.partner:1");
    fixture.engine("a", row -> row.id() == first ? said(Outcome.dead("rejected", "no")) : ok());
    fixture.awaitStatus(second, "applied");
    assertThat(fixture.status(first)).isEqualTo("error");
  }

  @Test
  void aDeadRowHoldsItsLaneWhereTheSettingSaysSoUntilItIsResolved() {
    fixture.settings = EngineFixture.settings(Duration.ofMillis(20), 32, 8, true);
    long first = fixture.insertFor("odoo", "res.partner:1");
    long second = fixture.insertFor("odoo", "res.partner:1");
    fixture.engine("a", row -> row.id() == first ? said(Outcome.dead("rejected", "no")) : ok());
    fixture.awaitStatus(first, "error");
    long later = fixture.insertFor("odoo", "res.partner:2");
    fixture.awaitStatus(later, "applied");
    assertThat(fixture.status(second)).isEqualTo("queued");

    fixture.jdbc.update(
        "update bridge.dead_letter set resolution = 'discarded', resolved_at = now()");
    fixture.awaitStatus(second, "applied");
  }

  @Test
  void manyLanesInBackOffDoNotHideOneThatIsDue() {
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, args, next_attempt_at)"
            + " select 'res.partner.update', jsonb_build_object('id', n), now() + interval '1 hour'"
            + " from generate_series(1, 3000) n");
    fixture.engine("a", row -> ok());
    long due = fixture.insert("res.partner.update", "{\"id\": \"zzz\"}");
    fixture.awaitStatus(due, "applied");
  }

  @Test
  void rowsHeldFromBeforeTheBridgeHoldNoLane() {
    long held = fixture.insertFor("odoo", "res.partner:1");
    fixture.jdbc.update(
        "update public.odoo_action_outbox set next_attempt_at = 'infinity' where id = ?", held);
    long fresh = fixture.insertFor("odoo", "res.partner:1");
    fixture.engine("a", row -> ok());
    fixture.awaitStatus(fresh, "applied");
    await().during(Duration.ofMillis(100)).until(() -> "queued".equals(fixture.status(held)));
  }
}
