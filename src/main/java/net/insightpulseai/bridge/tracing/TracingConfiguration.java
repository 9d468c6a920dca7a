package net.insightpulseai.bridge.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The tracing of a bridge that has a collector. Without one nothing here is loaded, and routes are
 * built as if it did not exist.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(TracingConfiguration.HasCollector.class)
class TracingConfiguration {

  /** Spans that wait for the collector; those beyond are dropped. */
  private static final int QUEUE = 8192;

  private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration LONGEST_FLUSH = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(TracingConfiguration.class);

  /** Whether a collector is named. */
  static final class HasCollector implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().getProperty("bridge.tracing.endpoint", "").isBlank();
    }
  }

  /** What sends the spans, and has to be closed. */
  record Provider(SdkTracerProvider sdk) implements DisposableBean {

    /** Sends what waits, if the collector takes it at once: a stop does not wait for it. */
    @Override
    public void destroy() {
      sdk.shutdown().join(LONGEST_FLUSH.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Bean
  Provider tracerProvider(TracingSettings settings, MeterRegistry registry, Clock clock) {
    LOG.info("Traces go to {}", settings.endpoint());
    CountedExporter exporter = new CountedExporter(exporter(settings), QUEUE, registry, clock);
    return new Provider(
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(AttributeKey.stringKey("service.name"), settings.serviceName())))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampleRatio())))
            .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(200).build())
            .addSpanProcessor(
                new HeldSpans(
                    BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(QUEUE)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .setExporterTimeout(EXPORT_TIMEOUT)
                        .build(),
                    exporter))
            .build());
  }

  private static SpanExporter exporter(TracingSettings settings) {
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint() + "/v1/traces")
            .setTimeout(EXPORT_TIMEOUT)
            .setCompression("gzip")
            // What is not taken is lost: repeating would hold up the spans behind it.
            .setRetryPolicy(null);
    settings.headerValues().forEach(builder::addHeader);
    return builder.build();
  }

  @Bean
  Tracer tracer(Provider provider) {
    return provider.sdk().get("net.insightpulseai.bridge");
  }

  @Bean
  TraceRoutes traceRoutes(Tracer tracer) {
    return new TraceRoutes(tracer);
  }

  @Bean
  TraceCalls traceCalls(Tracer tracer) {
    return new TraceCalls(tracer);
  }
}
