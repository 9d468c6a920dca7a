package net.insightpulseai.bridge.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.RowBatch;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * The span of one attempt of one row, a child of what caused the row. Rows that share a call have
 * one each, in their own traces; the call has a trace of its own, and links lead there and back.
 */
final class RowSpans extends RoutePolicySupport {

  private static final String BATCH = "batchSpans";

  private final Tracer tracer;
  private final String name;

  RowSpans(Tracer tracer, String name) {
    this.tracer = tracer;
    this.name = name;
  }

  /** A row of a batch, and its span. */
  private record RowSpan(ClaimedRow row, Span span) {}

  private record BatchSpans(RowBatch batch, List<RowSpan> rows) {}

  @Override
  public void onExchangeBegin(Route route, Exchange exchange) {
    RowBatch batch = exchange.getVariable(RouteVariables.ROWS, RowBatch.class);
    if (batch != null) {
      beginBatch(batch, exchange);
      return;
    }
    ClaimedRow row = exchange.getVariable(RouteVariables.ROW, ClaimedRow.class);
    if (row != null) {
      Spans.enter(exchange, start(row, null, Instant.now()));
    }
  }

  private void beginBatch(RowBatch batch, Exchange exchange) {
    SpanBuilder builder =
        tracer
            .spanBuilder(name + " batch")
            .setNoParent()
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute(Names.BATCH, (long) batch.rows().size())
            .setAttribute(Names.TARGET, batch.rows().get(0).target());
    for (ClaimedRow row : batch.rows()) {
      if (row.trace() != null) {
        builder.addLink(Spans.linked(row.trace()));
      }
    }
    Instant now = Instant.now();
    Span call = builder.setStartTimestamp(now).startSpan();
    Spans.enter(exchange, call);
    List<RowSpan> spans = new ArrayList<>();
    for (ClaimedRow row : batch.rows()) {
      if (row.trace() != null) {
        spans.add(new RowSpan(row, start(row, call, now)));
      }
    }
    exchange.setProperty(BATCH, new BatchSpans(batch, spans));
  }

  private Span start(ClaimedRow row, @Nullable Span shared, Instant at) {
    SpanBuilder builder =
        tracer
            .spanBuilder(name)
            .setParent(Spans.parent(row.trace()))
            .setSpanKind(SpanKind.CONSUMER)
            .setStartTimestamp(at);
    if (shared != null) {
      builder.addLink(shared.getSpanContext());
    }
    Span span = builder.startSpan();
    if (span.isRecording()) {
      span.setAttribute(Names.CORRELATION_ID, row.correlationId().toString());
      span.setAttribute(Names.TARGET, row.target());
      span.setAttribute(Names.ROW, row.id());
      span.setAttribute(Names.ATTEMPT, (long) row.attempt());
    }
    return span;
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    Span span = Spans.of(exchange);
    if (span == null) {
      return;
    }
    BatchSpans spans = exchange.getProperty(BATCH, BatchSpans.class);
    if (spans == null) {
      end(span, Outcome.of(exchange));
      return;
    }
    for (RowSpan one : spans.rows()) {
      end(one.span(), spans.batch().outcome(one.row()));
    }
    if (exchange.getException() != null) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  private static void end(Span span, @Nullable Outcome outcome) {
    if (span.isRecording()) {
      span.setAttribute(
          Names.OUTCOME, outcome == null ? Outcome.NO_OUTCOME : outcome.kind().name());
      if (outcome == null || outcome.kind() != Outcome.Kind.DONE) {
        span.setAttribute(Names.ERROR, outcome == null ? Outcome.NO_OUTCOME : outcome.reason());
        span.setStatus(StatusCode.ERROR);
      }
    }
    span.end();
  }
}
