package net.insightpulseai.bridge.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleConsumer;
import java.util.function.ObjLongConsumer;

/**
 * Sends signed events over a number of connections, on one event loop; to several bridges in turn.
 */
final class LoadGenerator {

  private static final String PATH = "/functions/v1/odoo_event_ingest";
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);

  private final Context loop;
  private final HttpClient http;
  private final List<PackagedBridge> bridges;
  private final int connections;

  /**
   * @param bridges that are sent to; others may join them between two loads
   */
  LoadGenerator(Vertx vertx, List<PackagedBridge> bridges, int connections) {
    this.loop = vertx.getOrCreateContext();
    this.bridges = bridges;
    this.connections = connections;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1").setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(connections));
  }

  /** Each connection sends its next event when the one before is answered, so fast as it goes. */
  Load closed(SignedEvents events, Duration time, DoubleConsumer done) {
    Load load = new Load();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    int[] running = {connections};
    Runnable[] next = new Runnable[connections];
    for (int i = 0; i < connections; i++) {
      int connection = i;
      int port = port(connection);
      next[connection] =
          () -> {
            long now = System.nanoTime();
            if (now - end < 0 && !load.isRefused()) {
              done.accept((double) (now - start) / time.toNanos());
              send(port, events.next(), now, load, next[connection]);
            } else if (--running[0] == 0) {
              load.ended((now - start) / 1e9);
              ended.complete(null);
            }
          };
    }
    loop.runOnContext(started -> List.of(next).forEach(Runnable::run));
    await(ended, time);
    return load;
  }

  /**
   * Sends at a fixed pace, whether or not answers come. A request's time counts from when it was
   * due, not from when it was sent: a bridge that stands still must not make the requests that wait
   * for it look fast (coordinated omission).
   *
   * @param due is told each event and when it was due
   */
  Load open(
      SignedEvents events,
      double rate,
      Duration time,
      ObjLongConsumer<SignedEvents.Signed> due,
      DoubleConsumer done) {
    Load load = new Load();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    int count = Math.max(1, (int) (rate * time.toNanos() / 1e9));
    int[] left = {count};
    long start = System.nanoTime();
    Runnable answered =
        () -> {
          if (--left[0] == 0) {
            load.ended((System.nanoTime() - start) / 1e9);
            ended.complete(null);
          }
        };
    for (int i = 0; i < count; i++) {
      long at = start + (long) (i * 1e9 / rate);
      for (long early = at - System.nanoTime(); early > 0; early = at - System.nanoTime()) {
        LockSupport.parkNanos(early);
      }
      SignedEvents.Signed event = events.next();
      int port = port(i);
      due.accept(event, at);
      loop.runOnContext(
          now -> {
            if (load.isRefused()) {
              answered.run();
            } else {
              send(port, event, at, load, answered);
            }
          });
      done.accept((double) i / count);
    }
    await(ended, time);
    return load;
  }

  private int port(int turn) {
    return bridges.get(turn % bridges.size()).port();
  }

  private void send(int port, SignedEvents.Signed event, long since, Load load, Runnable answered) {
    http.request(HttpMethod.POST, port, "127.0.0.1", PATH)
        .compose(
            request ->
                request
                    .putHeader("Content-Type", "application/json")
                    .putHeader("x-signature", event.signature())
                    .send(event.body()))
        .compose(response -> response.end().map(end -> response.statusCode()))
        .onComplete(
            status -> {
              if (status.succeeded()) {
                load.answered(status.result(), System.nanoTime() - since);
              } else {
                load.refused(String.valueOf(status.cause()));
              }
              answered.run();
            });
  }

  private static void await(CompletableFuture<Void> ended, Duration time) {
    try {
      ended.get(time.plus(LAST_ANSWERS).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new BenchFailure(
          "the bridge left events unanswered for %d s; target/bench/bridge.log may say why"
              .formatted(LAST_ANSWERS.toSeconds()),
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }
}
