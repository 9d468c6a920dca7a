package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.TestOdoo.Call;
import org.junit.jupiter.api.Test;

/**
 * What is gained by sending actions together, with an Odoo of two workers that spends on each call
 * and on each action what the real one was measured to spend.
 */
class BatchPaceTest extends BatchTest {

  private static final long CALL = TimeUnit.MICROSECONDS.toNanos(12_000);
  private static final long ACTION = TimeUnit.MICROSECONDS.toNanos(2_600);
  private static final int ACTIONS = 600;

  private final Semaphore workers = new Semaphore(2);

  @Test
  void togetherAtLeastThreeTimesAsManyActionsASecondAreApplied() {
    odoo().answer(this::inItsTime);
    odoo().takesTogether(1, UPDATE);
    later(Duration.ofMinutes(16));
    awaitBatchesOf(1);
    double alone = actionsASecond(1);
    odoo().takesTogether(20, UPDATE);
    awaitBatchesOf(20);
    double together = actionsASecond(ACTIONS + 1);

    System.out.printf(
        "alone %.0f actions/s, together %.0f actions/s, ratio %.1f%n",
        alone, together, together / alone);
    assertThat(together / alone).isGreaterThan(3);
  }

  private Answer inItsTime(Call call) {
    workers.acquireUninterruptibly();
    try {
      LockSupport.parkNanos(CALL + ACTION * call.actions().size());
      return TestOdoo.applied(call);
    } finally {
      workers.release();
    }
  }

  private double actionsASecond(int first) {
    long start = System.nanoTime();
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args) select 'res.partner.update',"
                + " jsonb_build_object('id', p) from generate_series(?, ?) p",
            first,
            first + ACTIONS - 1);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> count("status <> 'applied'") == 0);
    return ACTIONS * 1e9 / (System.nanoTime() - start);
  }
}
