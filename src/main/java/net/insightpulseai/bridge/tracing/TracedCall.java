package net.insightpulseai.bridge.tracing;

import io.opentelemetry.api.trace.Span;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** A step and its span. */
final class TracedCall extends DelegateAsyncProcessor {

  private final CallSpan call;

  TracedCall(Processor step, CallSpan call) {
    super(step);
    this.call = call;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Span span = call.begin(exchange);
    if (span == null) {
      return super.process(exchange, callback);
    }
    return super.process(
        exchange,
        doneSync -> {
          call.end(span, exchange);
          callback.done(doneSync);
        });
  }
}
