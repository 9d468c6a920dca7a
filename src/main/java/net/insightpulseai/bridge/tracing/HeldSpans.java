package net.insightpulseai.bridge.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Queues only as many spans as may wait for the collector: the rest is dropped and counted, which
 * the queue of the SDK would do in silence.
 */
final class HeldSpans implements SpanProcessor {

  private final SpanProcessor queue;
  private final CountedExporter exporter;

  /**
   * @param queue holds at least as many as the exporter lets wait, and sends them by it
   */
  HeldSpans(SpanProcessor queue, CountedExporter exporter) {
    this.queue = queue;
    this.exporter = exporter;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled() && exporter.waits()) {
      queue.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public CompletableResultCode shutdown() {
    return queue.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return queue.forceFlush();
  }
}
