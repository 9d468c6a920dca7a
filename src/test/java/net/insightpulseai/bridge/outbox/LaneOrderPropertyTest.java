package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.TestDatabase;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever the lanes, the size of calls and the attempts that fail, order within a lane holds. */
class LaneOrderPropertyTest {

  private EngineFixture fixture;

  /**
   * One row to come.
   *
   * @param lane 0 is unordered
   * @param failures how many of its attempts fail before one succeeds
   */
  record Plan(int lane, int failures) {}

  @BeforeTry
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
  }

  @AfterTry
  void close() {
    fixture.close();
  }

  @Provide
  Arbitrary<List<Plan>> plans() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9),
            Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(2, 1), Tuple.of(1, 3)))
        .as(Plan::new)
        .list()
        .ofMinSize(40)
        .ofMaxSize(150);
  }

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void aLaneKeepsItsOrderUnderRandomFailuresAndSeveralEngines(
      @ForAll("plans") List<Plan> plans, @ForAll @IntRange(min = 1, max = 6) int together) {
    fixture.batchPolicy = target -> new BatchPolicy.Batching(together, Set.of("x.y"));
    Queue<Integer> calls = new ConcurrentLinkedQueue<>();
    Map<Long, Plan> planned = new ConcurrentHashMap<>();
    Map<String, Queue<Long>> applied = new ConcurrentHashMap<>();
    Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
    Queue<String> violations = new ConcurrentLinkedQueue<>();
    for (Plan plan : plans) {
      String lane = plan.lane() == 0 ? "" : "res.partner:" + plan.lane();
      planned.put(fixture.insertFor("odoo", lane), plan);
    }
    EngineFixture.OneByOne handler =
        row -> {
          AtomicInteger inLane =
              atOnce.computeIfAbsent(row.orderingKey(), k -> new AtomicInteger());
          if (inLane.incrementAndGet() > 1 && !row.orderingKey().isEmpty()) {
            violations.add("two at once in " + row.orderingKey());
          }
          Thread.yield();
          inLane.decrementAndGet();
          if (row.attempt() <= planned.get(row.id()).failures()) {
            return Outcome.retry("flaky", "fails as planned", Duration.ofMillis(2));
          }
          applied
              .computeIfAbsent(row.orderingKey(), k -> new ConcurrentLinkedQueue<>())
              .add(row.id());
          return ok();
        };
    for (String instance : List.of("a", "b", "c")) {
      fixture.engineOfCalls(
          instance,
          rows -> {
            calls.add(rows.size());
            rows.stream()
                .collect(Collectors.groupingBy(ClaimedRow::orderingKey))
                .forEach(
                    (lane, ofOne) -> {
                      if (!lane.isEmpty() && ofOne.size() > 1) {
                        violations.add("two of " + lane + " in one call");
                      }
                    });
            return handler.handle(rows);
          });
    }
    fixture.awaitCount("status = 'applied'", plans.size());

    assertThat(violations).isEmpty();
    assertThat(calls).allMatch(size -> size <= together);
    assertThat(calls.stream().anyMatch(size -> size > 1)).isEqualTo(together > 1);
    applied.remove("");
    assertThat(applied.values())
        .allSatisfy(ids -> assertThat(new ArrayList<>(ids)).isSorted().doesNotHaveDuplicates());
  }

  /**
   * Rows that are claimed ahead go back again and again, and are claimed by whoever comes first.
   */
  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void aLaneKeepsItsOrderWhileRoutesAreReplacedAndTargetsPaused(
      @ForAll("plans") List<Plan> plans, @ForAll @IntRange(min = 1, max = 20) int every) {
    Map<Long, Plan> planned = new ConcurrentHashMap<>();
    Map<String, Queue<Long>> applied = new ConcurrentHashMap<>();
    AtomicInteger calls = new AtomicInteger();
    List<QueueEngine> engines = new ArrayList<>();
    List<RowHandler> handlers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      EngineFixture.OneByOne handler =
          row -> {
            calls.incrementAndGet();
            if (row.attempt() <= planned.get(row.id()).failures()) {
              return Outcome.retry("flaky", "fails as planned", Duration.ofMillis(2));
            }
            applied
                .computeIfAbsent(row.orderingKey(), k -> new ConcurrentLinkedQueue<>())
                .add(row.id());
            return ok();
          };
      handlers.add(handler);
    }
    for (Plan plan : plans) {
      String lane = plan.lane() == 0 ? "" : "res.partner:" + plan.lane();
      planned.put(fixture.insertFor("odoo", lane), plan);
    }
    for (RowHandler handler : handlers) {
      engines.add(fixture.engineOfCalls("engine " + engines.size(), handler));
    }
    for (int seen = 0; fixture.count("status = 'applied'") < plans.size(); ) {
      if (calls.get() >= seen + every) {
        seen = calls.get();
        int one = seen % 2;
        engines.get(one).detach(handlers.get(one));
        fixture.jdbc.update("update bridge.target set state = 'paused' where name = 'odoo'");
        engines.get(one).attach(handlers.get(one), EngineFixture.LEASE);
        fixture.jdbc.update("update bridge.target set state = 'running' where name = 'odoo'");
      }
    }
    applied.remove("");
    assertThat(applied.values())
        .allSatisfy(ids -> assertThat(new ArrayList<>(ids)).isSorted().doesNotHaveDuplicates());
    assertThat(fixture.count("attempts > 4")).isZero();
  }
}
