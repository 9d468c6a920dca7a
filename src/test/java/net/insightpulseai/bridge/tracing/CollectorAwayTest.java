package net.insightpulseai.bridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import net.insightpulseai.bridge.TestCollector;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.tracing.TracingConfiguration.Provider;
import org.junit.jupiter.api.Test;

/** A collector that is away, refuses or does not answer costs spans and nothing else. */
class CollectorAwayTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void whatItRefusesIsCountedAndNotSentAgain() {
    try (TestCollector collector = new TestCollector()) {
      collector.answer(call -> Answer.of(503));
      Provider provider = provider(collector.url(), "");
      spans(provider, 10);

      await().atMost(Duration.ofSeconds(20)).until(() -> count("lost") == 10);
      assertThat(collector.calls()).hasSize(1);
      assertThat(count("sent")).isZero();
      provider.destroy();
    }
  }

  @Test
  void ifItIsAwayTheyAreLostToo() {
    TestCollector collector = new TestCollector();
    collector.close();
    Provider provider = provider(collector.url(), "");
    spans(provider, 5);

    await().atMost(Duration.ofSeconds(20)).until(() -> count("lost") == 5);
    provider.destroy();
  }

  @Test
  void oneThatDoesNotAnswerHoldsUpNeitherTheNextSpansNorTheStop() {
    CountDownLatch never = new CountDownLatch(1);
    try (TestCollector collector = new TestCollector()) {
      collector.answer(
          call -> {
            await().atMost(Duration.ofMinutes(1)).until(() -> never.getCount() == 0);
            return Answer.of(200);
          });
      Provider provider = provider(collector.url(), "");
      spans(provider, 1);
      await().atMost(Duration.ofSeconds(20)).until(() -> !collector.calls().isEmpty());

      // Far more than the queue holds: the rest is dropped and counted, and nothing waits.
      spans(provider, 100_000);
      assertThat(count("dropped")).isBetween(91_000.0, 92_000.0);
      provider.destroy();
      assertThat(collector.calls()).hasSizeLessThan(3);
      never.countDown();
    }
  }

  @Test
  void itGetsTheHeadersItAsksForAndTheNameOfTheBridge() {
    try (TestCollector collector = new TestCollector()) {
      Provider provider = provider(collector.url(), "api-key=secret, x-tenant = a b ");
      spans(provider, 1);

      await().atMost(Duration.ofSeconds(20)).until(() -> count("sent") == 1);
      assertThat(collector.calls().get(0).target()).isEqualTo("/v1/traces");
      assertThat(collector.calls().get(0).header("api-key")).isEqualTo("secret");
      assertThat(collector.calls().get(0).header("x-tenant")).isEqualTo("a b");
      provider.destroy();
    }
  }

  private Provider provider(String url, String headers) {
    return new TracingConfiguration()
        .tracerProvider(
            new TracingSettings(url, headers, 1, "bridge"), registry, Clock.systemUTC());
  }

  private static void spans(Provider provider, int count) {
    Tracer tracer = provider.sdk().get("test");
    for (int i = 0; i < count; i++) {
      tracer.spanBuilder("span").startSpan().end();
    }
  }

  private double count(String result) {
    return registry.get("bridge.spans").tag("result", result).counter().count();
  }
}
