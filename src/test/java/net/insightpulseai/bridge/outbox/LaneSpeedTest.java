package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static net.insightpulseai.bridge.outbox.EngineFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;

/** What the order of a lane costs. */
class LaneSpeedTest {

  private static final int ROWS = 200;

  /** A lane waits for the commit of each outcome; rows without a lane, one at a time, for none. */
  @Test
  void theNextRowOfALaneStartsWithTheCommitOfTheOneBeforeAndNotLater() {
    try (EngineFixture fixture = new EngineFixture(TestDatabase.fresh())) {
      // Claimed ahead, rows without a lane would not even wait for their claims.
      fixture.settings = settings(Duration.ofMillis(500), 32, 1, Duration.ZERO, false);
      fixture.engine("a", row -> ok());
      time(fixture, "''");
      long unordered = time(fixture, "''");
      long ordered = time(fixture, "'res.partner:42'");

      System.out.printf(
          "%d rows one at a time: %d ms without a lane, %d ms in one lane%n",
          ROWS, unordered, ordered);
      assertThat(ordered).isLessThan(4 * unordered);
    }
  }

  private static long time(EngineFixture fixture, String lane) {
    int before = fixture.count("status = 'applied'");
    long start = System.nanoTime();
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, ordering_key)"
            + " select 'x.y', %s from generate_series(1, %d)".formatted(lane, ROWS));
    fixture.signal();
    fixture.awaitCount("status = 'applied'", before + ROWS);
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }
}
