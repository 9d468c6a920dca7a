package net.insightpulseai.bridge;

import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.TestSubscriber.Call;

/** An OpenTelemetry collector on loopback: takes OTLP over HTTP, and shows the spans. */
public final class TestCollector implements AutoCloseable {

  private final TestSubscriber server = new TestSubscriber();

  public TestCollector() {
    server.answer(call -> Answer.of(200));
  }

  /** What {@code OTEL_EXPORTER_OTLP_ENDPOINT} would hold. */
  public String url() {
    return server.url();
  }

  /** How it answers from now on; may block. */
  public void answer(Function<Call, Answer> answer) {
    server.answer(answer);
  }

  /** Every request so far. */
  public List<Call> calls() {
    return server.calls();
  }

  /** Every span so far. */
  public List<Seen> spans() {
    return server.calls().stream()
        .map(TestCollector::request)
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .map(Seen::of)
        .toList();
  }

  /** The spans of one trace. */
  public List<Seen> trace(String traceId) {
    return spans().stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  /** Waits until a trace has at least one span of each name, and gives the first of the last. */
  public Seen awaitSpan(String traceId, String name) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> trace(traceId).stream().anyMatch(span -> span.name().equals(name)));
    return trace(traceId).stream().filter(span -> span.name().equals(name)).findFirst().get();
  }

  private static ExportTraceServiceRequest request(Call call) {
    try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(call.body()))) {
      return ExportTraceServiceRequest.parseFrom(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /**
   * One span.
   *
   * @param parentId empty if it has no parent
   * @param links the trace and span ids that it is linked to, with a hyphen between them
   */
  public record Seen(
      String traceId,
      String id,
      String parentId,
      String name,
      Span.SpanKind kind,
      boolean failed,
      Map<String, String> attributes,
      List<String> links,
      String all) {

    private static Seen of(Span span) {
      Map<String, String> attributes = new TreeMap<>();
      for (KeyValue attribute : span.getAttributesList()) {
        attributes.put(
            attribute.getKey(),
            attribute.getValue().hasIntValue()
                ? String.valueOf(attribute.getValue().getIntValue())
                : attribute.getValue().getStringValue());
      }
      return new Seen(
          hex(span.getTraceId().toByteArray()),
          hex(span.getSpanId().toByteArray()),
          hex(span.getParentSpanId().toByteArray()),
          span.getName(),
          span.getKind(),
          span.getStatus().getCodeValue() == 2,
          attributes,
          span.getLinksList().stream()
              .map(
                  link ->
                      hex(link.getTraceId().toByteArray())
                          + "-"
                          + hex(link.getSpanId().toByteArray()))
              .toList(),
          span.toString());
    }

    private static String hex(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
  }
}
