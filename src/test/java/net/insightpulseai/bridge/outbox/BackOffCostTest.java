package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What waits for its next attempt costs the others nothing. */
@Tag("slow")
class BackOffCostTest {

  private static final int ROWS = 300;

  @Test
  void aHealthyTargetIsAsFastBesideTenThatFailAsAlone() {
    try (EngineFixture fixture = new EngineFixture(TestDatabase.fresh())) {
      fixture.settings = EngineFixture.settings(Duration.ofMillis(500), 32, 4, false);
      fixture.engine("a", row -> ok());
      time(fixture);
      long alone = time(fixture);
      fixture.jdbc.update(
          "insert into public.odoo_action_outbox (action, target, ordering_key, next_attempt_at)"
              + " select 'x.y', 'failing:' || t, 'r:' || i % 700, now() + interval '1 h'"
              + " from generate_series(1, 10) t, generate_series(1, 1000) i");
      fixture.awaitCount("waits > 0", 10_000);
      long beside = time(fixture);

      System.out.printf(
          "%d rows, four at a time: %d ms alone, %d ms beside 10 targets with 1,000 rows in back-off each%n",
          ROWS, alone, beside);
      assertThat(beside).isLessThan(4 * alone);
    }
  }

  private static long time(EngineFixture fixture) {
    int before = fixture.count("status = 'applied'");
    long start = System.nanoTime();
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, target, ordering_key)"
            + " select 'x.y', 'healthy', 'r:' || i from generate_series(1, ?) i",
        ROWS);
    fixture.signal();
    fixture.awaitCount("status = 'applied'", before + ROWS);
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }
}
