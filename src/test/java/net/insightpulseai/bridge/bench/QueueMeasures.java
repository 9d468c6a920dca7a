package net.insightpulseai.bridge.bench;

import static net.insightpulseai.bridge.bench.MeasureName.DRAIN;
import static net.insightpulseai.bridge.bench.MeasureName.FANOUT;
import static net.insightpulseai.bridge.bench.MeasureName.HOT;
import static net.insightpulseai.bridge.bench.MeasureName.LATENCY;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/** Rows out of the queues: how many a second, and how soon. */
final class QueueMeasures {

  private static final String KEYED = "actions, each of another record";
  private static final String UNKEYED = "actions without an order";
  private static final String DELIVERIES = "deliveries to a webhook";
  private static final String ALONE = "actions of other records, alone";
  private static final String BESIDE = "actions of other records, beside the queue of one";
  private static final int CALL_TIMEOUT_SECONDS = 30;

  private final Rig rig;
  private final Scale scale;
  private final Figures figures;
  private final Runs runs;

  QueueMeasures(Rig rig, Runs runs) {
    this.rig = rig;
    this.scale = rig.scale();
    this.figures = rig.figures();
    this.runs = runs;
  }

  void drain() {
    for (int round = 1; round <= scale.rounds(); round++) {
      rig.clear();
      Run keyed = runs.actions(scale.queued(), true);
      keyed.addRate(figures, DRAIN, KEYED);
      keyed.addCosts(figures, DRAIN, "an action of a record");
      Run unkeyed = runs.actions(scale.queued(), false);
      unkeyed.addRate(figures, DRAIN, UNKEYED);
      unkeyed.addCosts(figures, DRAIN, "an action without an order");
    }
  }

  void fanOut() {
    rig.clear();
    rig.addWebhooks(Sink.HOOK, 1);
    for (int round = 1; round <= scale.rounds(); round++) {
      Run run = runs.deliveries(scale.queued(), 1);
      run.addRate(figures, FANOUT, DELIVERIES);
      run.addCosts(figures, FANOUT, "a delivery");
    }
    if (scale.measures(DRAIN)) {
      figures.derive(
          FANOUT,
          "deliveries / actions",
          figures.median(FANOUT, DELIVERIES) / figures.median(DRAIN, KEYED));
    }
    rig.clear();
  }

  /** One row at a time, while nothing else happens. */
  void latency() {
    rig.clear();
    for (int round = 1; round <= scale.rounds(); round++) {
      Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
      for (int call = 0; call < scale.calls(); call++) {
        nanos.recordValue(untilCalled());
        rig.progress().done((double) call / scale.calls());
        // Not in step with the bridge's own timers.
        Pause.of(Duration.ofMillis(ThreadLocalRandom.current().nextInt(20, 80)));
      }
      figures.add(LATENCY, "commit to call, p50", Unit.MILLISECONDS, at(nanos, 50));
      figures.add(LATENCY, "commit to call, p99", Unit.MILLISECONDS, at(nanos, 99));
    }
  }

  private long untilCalled() {
    CompletableFuture<Long> called = new CompletableFuture<>();
    rig.sink().listen((path, body, at) -> called.complete(at));
    rig.rows().queueActions(1, true);
    long committed = System.nanoTime();
    try {
      // The call can be there before the commit's answer is.
      return Math.max(0, called.get(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS) - committed);
    } catch (TimeoutException e) {
      throw new BenchFailure("an action was not sent within " + CALL_TIMEOUT_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }

  /** One record has far more actions than the others together; they go one at a time. */
  void hot() {
    rig.clear();
    int others = scale.queued() / 2;
    for (int round = 1; round <= scale.rounds(); round++) {
      figures.add(HOT, ALONE, Unit.PER_SECOND, runs.otherActions(others));
    }
    rig.rows().queueHot(scale.hot());
    for (int round = 1; round <= scale.rounds(); round++) {
      figures.add(HOT, BESIDE, Unit.PER_SECOND, runs.otherActions(others));
    }
    figures.derive(
        HOT,
        "beside the queue of one / alone",
        figures.median(HOT, BESIDE) / figures.median(HOT, ALONE));
    rig.clear();
  }

  private static double at(Histogram nanos, double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }
}
