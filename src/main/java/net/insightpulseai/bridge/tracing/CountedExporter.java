package net.insightpulseai.bridge.tracing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.util.Collection;
import net.insightpulseai.bridge.config.RateLimitedLog;
import org.slf4j.LoggerFactory;

/** Counts what a collector took and what it did not, and says the latter once a minute. */
final class CountedExporter implements SpanExporter {

  private final SpanExporter exporter;
  private final Counter sent;
  private final Counter lost;
  private final RateLimitedLog log;

  CountedExporter(SpanExporter exporter, MeterRegistry registry, Clock clock) {
    this.exporter = exporter;
    this.sent = counter(registry, "sent");
    this.lost = counter(registry, "lost");
    this.log = new RateLimitedLog(LoggerFactory.getLogger(CountedExporter.class), clock);
  }

  private static Counter counter(MeterRegistry registry, String result) {
    return Counter.builder("bridge.spans")
        .description("Spans that the collector took, or that were lost")
        .tag("result", result)
        .register(registry);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
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
