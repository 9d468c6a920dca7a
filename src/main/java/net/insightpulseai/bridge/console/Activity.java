package net.insightpulseai.bridge.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import net.insightpulseai.bridge.config.Repeated;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What this instance did in each ten seconds of the last hour, in memory: the differences of its
 * own counters. It begins at the start of the process.
 */
@Component
class Activity implements SmartLifecycle {

  static final Duration STEP = Duration.ofSeconds(10);
  private static final int KEPT = 360;
  private static final String ATTEMPTS = "bridge.queue.attempts";

  private final MeterRegistry meters;
  private final Clock clock;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private Map<String, Long> before = Map.of();
  private final Repeated steps = new Repeated("activity", STEP, this::sample);

  Activity(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** How much each counter rose in the step that ended at a time. */
  private record Sample(Instant end, Map<String, Long> rise) {}

  private enum Series {
    STORED(activity -> activity.counted("bridge.ingest.stored")),
    REFUSED(activity -> activity.counted("bridge.refusals")),
    APPLIED(activity -> activity.attempts("odoo-actions", true)),
    ACTIONS_FAILED(activity -> activity.attempts("odoo-actions", false)),
    DELIVERED(activity -> activity.attempts("event-deliveries", true)),
    DELIVERIES_FAILED(activity -> activity.attempts("event-deliveries", false));

    @SuppressWarnings("ImmutableEnumChecker") // it holds nothing
    private final ToLongFunction<Activity> total;

    Series(ToLongFunction<Activity> total) {
      this.total = total;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Ends a step. */
  synchronized void sample() {
    Map<String, Long> now = new HashMap<>();
    Map<String, Long> rise = new HashMap<>();
    for (Series series : Series.values()) {
      long total = series.total.applyAsLong(this);
      now.put(series.word(), total);
      rise.put(series.word(), Math.max(0, total - before.getOrDefault(series.word(), 0L)));
    }
    before = now;
    samples.addLast(new Sample(clock.instant(), rise));
    if (samples.size() > KEPT) {
      samples.removeFirst();
    }
  }

  /** The steps that there are, oldest first: when they ended, and one list for each series. */
  synchronized ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("step_seconds", STEP.toSeconds());
    ArrayNode ends = json.putArray("ends");
    samples.forEach(sample -> ends.add(sample.end().toString()));
    for (Series series : Series.values()) {
      ArrayNode values = json.putArray(series.word());
      samples.forEach(sample -> values.add(sample.rise().getOrDefault(series.word(), 0L)));
    }
    return json;
  }

  private long counted(String name) {
    return Math.round(meters.find(name).counters().stream().mapToDouble(Counter::count).sum());
  }

  private long attempts(String queue, boolean done) {
    return meters.find(ATTEMPTS).tag("queue", queue).timers().stream()
        .filter(timer -> "done".equals(timer.getId().getTag("outcome")) == done)
        .mapToLong(Timer::count)
        .sum();
  }

  @Override
  public void start() {
    steps.start();
  }

  @Override
  public void stop() {
    steps.stop(STEP);
  }

  @Override
  public boolean isRunning() {
    return steps.isRunning();
  }
}
