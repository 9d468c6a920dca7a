package net.insightpulseai.bridge.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.insightpulseai.bridge.outbox.Outcome;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the client ends a call that was cancelled at its deadline, the answer was late. */
class BoundedAnswerTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final HttpPost call = new HttpPost("http://erp.example/api/agent/apply");

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, HttpException.class})
  void aCallThatTheDeadlineEndsIsATimeoutWhateverTheClientThrows(
      Class<? extends Exception> thrown) {
    BoundedAnswer bounds = new BoundedAnswer(Duration.ofMillis(10), 100, null, timer);

    assertThatThrownBy(
            () ->
                bounds.execute(
                    call,
                    scope(),
                    (request, scope) -> {
                      while (!call.isCancelled()) {
                        Thread.onSpinWait();
                      }
                      throw of(thrown);
                    }))
        .isInstanceOf(SocketTimeoutException.class)
        .satisfies(
            late -> assertThat(FailureRules.judge(late).reason()).isEqualTo(Outcome.TIMEOUT));
  }

  @Test
  void aDefectBeforeTheDeadlineStaysADefect() {
    BoundedAnswer bounds = new BoundedAnswer(Duration.ofHours(1), 100, null, timer);

    assertThatThrownBy(
            () ->
                bounds.execute(
                    call,
                    scope(),
                    (request, scope) -> {
                      throw new IllegalStateException("a defect");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  private ExecChain.Scope scope() {
    return new ExecChain.Scope(
        "test",
        new HttpRoute(new HttpHost("erp.example", 80)),
        call,
        (ExecRuntime)
            Proxy.newProxyInstance(
                ExecRuntime.class.getClassLoader(),
                new Class<?>[] {ExecRuntime.class},
                (proxy, method, arguments) -> null),
        HttpClientContext.create());
  }

  private static RuntimeException of(Class<? extends Exception> thrown) throws HttpException {
    if (thrown == HttpException.class) {
      throw new HttpException("cancelled");
    }
    return new IllegalStateException("Endpoint not acquired / already released");
  }
}
