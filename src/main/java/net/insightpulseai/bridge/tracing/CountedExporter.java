package net.insightpulseai.bridge.tracing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.config.RateLimitedLog;
import org.slf4j.LoggerFactory;

/**
 * Counts what a collector took, what it did not, which it says once a minute, and what did not even
 * wait for it.
 */
final class CountedExporter implements SpanExporter {

  private final SpanExporter exporter;
  private final Counter sent;
  private final Counter lost;
  private final Counter dropped;
  private final RateLimitedLog log;
  private final int most;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param most how many spans may wait for it
   */
  CountedExporter(SpanExporter exporter, int most, MeterRegistry registry, Clock clock) {
    this.exporter = exporter;
    this.most = most;
    this.dropped = counter(registry, "dropped");
    this.sent = counter(registry, "sent");
    this.lost = counter(registry, "lost");
    this.log = new RateLimitedLog(LoggerFactory.getLogger(CountedExporter.class), clock);
  }

  private static Counter counter(MeterRegistry registry, String result) {
    return Counter.builder("bridge.spans")
        .description("Spans that the collector took or did not, or that were dropped before")
        .tag("result", result)
        .register(registry);
  }

  /** Whether one more span may wait to be sent; if not, it is counted as dropped. */
  boolean waits() {
    if (waiting.incrementAndGet() <= most) {
      return true;
    }
    waiting.decrementAndGet();
    dropped.increment();
    return false;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    waiting.addAndGet(-count);
    CompletableResultCode result = exporter.export(spans);
    result.whenComplete(
        () -> {
          if (result.isSuccess()) {
            sent.increment(count);
          } else {
            lost.increment(count);
            log.warn(
                "The collector of " + TracingSettings.ENDPOINT + " took no spans; they are lost");
          }
        });
    return result;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
