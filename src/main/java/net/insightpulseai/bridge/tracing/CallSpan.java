package net.insightpulseai.bridge.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The span of one step that calls somebody.
 *
 * @param name the step's id
 * @param statement the statement's name, empty if it has none; null for an HTTP call
 */
record CallSpan(Tracer tracer, String name, @Nullable String statement) {

  private static final int FAILED = 400;

  /** Begins it, and names the callee; null in an exchange that is not traced. */
  @Nullable Span begin(Exchange exchange) {
    Span parent = Spans.of(exchange);
    if (parent == null) {
      return null;
    }
    SpanBuilder builder =
        tracer
            .spanBuilder(name)
            .setParent(Context.root().with(parent))
            .setSpanKind(SpanKind.CLIENT);
    if (statement != null) {
      builder.setAttribute(Names.DATABASE, "postgresql");
      if (!statement.isEmpty()) {
        builder.setAttribute(Names.STATEMENT, statement);
      }
      return builder.startSpan();
    }
    Span span = builder.startSpan();
    Spans.context(span).addTo(exchange.getMessage());
    return span;
  }

  /** Ends it. */
  void end(Span span, Exchange exchange) {
    Throwable failure = exchange.getException();
    if (failure != null) {
      // Only its class: a message may hold an address or a value.
      span.setAttribute(Names.ERROR, failure.getClass().getName());
      span.setStatus(StatusCode.ERROR);
    } else if (statement == null) {
      Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
      if (status != null) {
        span.setAttribute(Names.STATUS, status.longValue());
        if (status >= FAILED) {
          span.setStatus(StatusCode.ERROR);
        }
      }
    }
    span.end();
  }
}
