package net.insightpulseai.bridge.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.insightpulseai.bridge.tracecontext.CorrelatedExchange;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The span that an exchange is in. It is with the exchange and not with a thread: an exchange is
 * handed over to wait for a commit or an answer, and the thread goes on with another.
 */
final class Spans {

  private static final String PROPERTY = "span";
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final Getter GETTER = new Getter();

  private Spans() {}

  /** The exchange's span; null if it is not traced. */
  static @Nullable Span of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, Span.class);
  }

  /** Puts the exchange into a span. */
  static void enter(Exchange exchange, Span span) {
    exchange.setProperty(PROPERTY, span);
    context(span).setOn(exchange);
  }

  /** What a span that begins is a child of; a new trace without one. */
  static Context parent(@Nullable TraceContext context) {
    return context == null ? Context.root() : W3C.extract(Context.root(), context, GETTER);
  }

  /** What a span is linked to. */
  static SpanContext linked(TraceContext context) {
    return Span.fromContext(parent(context)).getSpanContext();
  }

  /** What others are told of a span. */
  static TraceContext context(Span span) {
    Map<String, String> headers = new HashMap<>();
    W3C.inject(Context.root().with(span), headers, Map::put);
    return new TraceContext(
        Objects.requireNonNull(headers.get(TraceContext.TRACEPARENT)),
        headers.get(TraceContext.TRACESTATE));
  }

  /** The correlation id, once the exchange knows it. */
  static void correlate(Span span, Exchange exchange) {
    if (exchange.getUnitOfWork() instanceof CorrelatedExchange correlated
        && correlated.correlationId() != null) {
      span.setAttribute(Names.CORRELATION_ID, correlated.correlationId());
    }
  }

  private static final class Getter implements TextMapGetter<TraceContext> {

    @Override
    public Iterable<String> keys(TraceContext carrier) {
      return List.of(TraceContext.TRACEPARENT, TraceContext.TRACESTATE);
    }

    @Override
    public @Nullable String get(@Nullable TraceContext carrier, String key) {
      if (carrier == null) {
        return null;
      }
      return key.equals(TraceContext.TRACEPARENT)
          ? carrier.traceparent()
          : key.equals(TraceContext.TRACESTATE) ? carrier.tracestate() : null;
    }
  }
}
