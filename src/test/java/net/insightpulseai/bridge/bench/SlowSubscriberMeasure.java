package net.insightpulseai.bridge.bench;

import static net.insightpulseai.bridge.bench.MeasureName.SLOW;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.ConcurrentHistogram;

/** How soon three subscribers get an event, alone and beside one that answers after 30 s. */
final class SlowSubscriberMeasure {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int QUICK_ONES = 3;
  private static final int EVENTS_A_SECOND = 25;
  private static final String ALONE = "event to delivery, p95, all answer at once";
  private static final String BESIDE = "event to delivery, p95, beside one that answers after 30 s";

  private final Rig rig;

  SlowSubscriberMeasure(Rig rig) {
    this.rig = rig;
  }

  void run() {
    Figures figures = rig.figures();
    for (int round = 1; round <= rig.scale().rounds(); round++) {
      rig.clear();
      rig.addWebhooks(Sink.HOOK, QUICK_ONES);
      figures.add(SLOW, ALONE, Unit.MILLISECONDS, p95());
      rig.addWebhooks(Sink.SLOW, 1);
      figures.add(SLOW, BESIDE, Unit.MILLISECONDS, p95());
      rig.clear();
    }
    figures.derive(
        SLOW,
        "beside the slow one / alone",
        figures.median(SLOW, BESIDE) / figures.median(SLOW, ALONE));
  }

  private double p95() {
    // Longer than the bridge waits for an answer, so that the slow one holds all that it may.
    int seconds = 2 * rig.scale().seconds();
    int count = EVENTS_A_SECOND * seconds;
    AtomicLongArray due = new AtomicLongArray(count);
    ConcurrentHistogram nanos = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(5), 3);
    rig.sink()
        .reset(
            (path, body, at) -> {
              if (!path.startsWith(Sink.HOOK)) {
                return false;
              }
              nanos.recordValue(Math.max(0, at - due.get(record(body))));
              return true;
            });
    rig.load()
        .open(
            rig.events(count),
            EVENTS_A_SECOND,
            Duration.ofSeconds(seconds),
            (event, at) -> due.set(event.number(), at),
            rig.progress()::done)
        .requireAllTaken();
    rig.sink().await((long) QUICK_ONES * count, rig.progress());
    return nanos.getValueAtPercentile(95) / 1e6;
  }

  /** The number of an event, which is that of its record. */
  private static int record(String body) {
    try {
      return JSON.readTree(body).path("resource_id").asInt();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a delivery is no JSON", e);
    }
  }
}
