package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.TestOdoo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ManyWaitersTest extends ActionTest {

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final CountDownLatch go = new CountDownLatch(1);
  @Autowired private ActionWaits waits;

  @AfterEach
  void stop() {
    go.countDown();
    callers.shutdownNow();
  }

  @Test
  void theSeventeenthWaiterIsAnsweredAtOnceAndIngestGoesOn() {
    odoo()
        .answer(
            call -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return TestOdoo.applied(call);
            });
    List<CompletableFuture<HttpResponse<String>>> seated =
        IntStream.range(0, 16)
            .mapToObj(
                n -> CompletableFuture.supplyAsync(() -> push("{\"action\":\"x.y\"}"), callers))
            .toList();
    await().until(() -> waits.waiting() == 16);
    long start = System.nanoTime();
    assertThat(push("{\"action\":\"x.y\"}").statusCode()).isEqualTo(202);
    assertThat(
            postSigned("/functions/v1/odoo_event_ingest", "{\"event_type\":\"x.y\"}").statusCode())
        .isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(seated).noneMatch(CompletableFuture::isDone);
    go.countDown();
    assertThat(seated)
        .allSatisfy(
            caller ->
                assertThat(caller)
                    .succeedsWithin(Duration.ofSeconds(20))
                    .returns(200, HttpResponse::statusCode));
  }
}
