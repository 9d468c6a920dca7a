package net.insightpulseai.bridge.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * The span of one request, a child of the caller's. It is given up if the caller is not who it must
 * be: nobody without a key writes into a trace, or makes the bridge send one.
 */
final class RequestSpans extends RoutePolicySupport {

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int FAILED = 500;

  private final Tracer tracer;
  private final String name;

  RequestSpans(Tracer tracer, String name) {
    this.tracer = tracer;
    this.name = name;
  }

  @Override
  public void onExchangeBegin(Route route, Exchange exchange) {
    ClientRequest request = ClientRequest.find(exchange);
    TraceContext caller = request == null ? null : TraceContext.of(request);
    Span span =
        tracer
            .spanBuilder(name)
            .setParent(Spans.parent(caller))
            .setSpanKind(SpanKind.SERVER)
            .startSpan();
    if (span.isRecording() && route.getEndpoint() instanceof PlatformHttpEndpoint http) {
      span.setAttribute(Names.ROUTE, http.getPath());
      span.setAttribute(
          Names.METHOD, exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class));
    }
    Spans.enter(exchange, span);
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    Span span = Spans.of(exchange);
    if (span == null || !span.isRecording()) {
      return;
    }
    int status = status(exchange);
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      return;
    }
    Throwable failure = failure(exchange);
    Spans.correlate(span, exchange);
    span.setAttribute(Names.STATUS, (long) status);
    if (failure != null) {
      span.setAttribute(
          Names.ERROR,
          failure instanceof Refusal refusal ? refusal.code() : failure.getClass().getName());
    }
    if (status >= FAILED) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  private static int status(Exchange exchange) {
    if (failure(exchange) instanceof Refusal refusal) {
      return refusal.status();
    }
    Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    return status != null ? status : failure(exchange) == null ? OK : FAILED;
  }

  private static @Nullable Throwable failure(Exchange exchange) {
    Exception failure = exchange.getException();
    return failure != null
        ? failure
        : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
  }
}
