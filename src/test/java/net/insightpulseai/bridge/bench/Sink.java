package net.insightpulseai.bridge.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** An Odoo that applies everything at once, and the webhooks: all that the bridge calls. */
final class Sink {

  /** The path of webhooks that answer at once. */
  static final String HOOK = "/hook/";

  /** The path of a webhook that answers after 30 s. */
  static final String SLOW = "/slow/";

  private static final String INFO =
      "{\"version\":\"19.0.2.0.0\",\"db_uuid\":\"00000000-0000-4000-8000-00000000be0c\",\"paired\":true,"
          + "\"actions\":[],\"batch\":{\"max\":1,\"budget_ms\":0}}";
  private static final String APPLIED =
      "{\"ok\":true,\"code\":\"ok\",\"message\":\"\",\"retryable\":false,\"result\":{},\"replayed\":false}";
  private static final Duration SLOWNESS = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Duration STANDSTILL = Duration.ofSeconds(60);

  private final Vertx vertx;
  private final HttpServer server;
  private final AtomicLong arrived = new AtomicLong();
  private final Map<String, LongAdder> byToken = new ConcurrentHashMap<>();
  private volatile long lastCall = System.nanoTime();
  private volatile long lastArrival = lastCall;
  private volatile Listener listener = (path, body, at) -> true;

  Sink(Vertx vertx) {
    this.vertx = vertx;
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
            .requestHandler(this::serve)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Looks at each call; says whether it counts. Called on the event loop. */
  interface Listener {
    boolean hears(String path, String body, long atNanos);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.actualPort() + path;
  }

  /** Waits until nothing arrives any more, and counts from 0. */
  void reset(Listener listens) {
    awaitQuiet();
    listen(listens);
  }

  /** Counts from 0, whatever still arrives. */
  void listen(Listener listens) {
    listener = listens;
    arrived.set(0);
    byToken.clear();
  }

  /** Counts all calls from 0. */
  void reset() {
    reset((path, body, at) -> true);
  }

  long arrived() {
    return arrived.get();
  }

  /** The same of each token, for those that have called. */
  List<Long> arrivedByToken() {
    return byToken.values().stream().map(LongAdder::sum).toList();
  }

  /**
   * Waits until so many calls have arrived.
   *
   * @return when the last one did
   */
  long await(long count, Progress progress) {
    long start = System.nanoTime();
    LongSupplier quietFor = () -> System.nanoTime() - Math.max(start, lastArrival);
    while (arrived.get() < count) {
      progress.done((double) arrived.get() / count);
      if (quietFor.getAsLong() > STANDSTILL.toNanos()) {
        throw new BenchFailure(
            "%d of %d calls have arrived, and none for %d s; target/bench/bridge.log may say why"
                .formatted(arrived.get(), count, STANDSTILL.toSeconds()));
      }
      Pause.of(Duration.ofMillis(5));
    }
    return lastArrival;
  }

  /** Waits until no call has come for a while. */
  void awaitQuiet() {
    if (!Pause.until(
        () -> System.nanoTime() - lastCall > QUIET.toNanos(), Duration.ofSeconds(90))) {
      throw new BenchFailure("the bridge goes on calling after its queues were emptied");
    }
  }

  private void serve(HttpServerRequest request) {
    long at = System.nanoTime();
    if (request.path().equals("/api/agent/info")) {
      request.response().putHeader("Content-Type", "application/json").end(INFO);
      return;
    }
    request.body().onSuccess(body -> heard(request, body, at));
  }

  private void heard(HttpServerRequest request, Buffer body, long at) {
    String path = request.path();
    lastCall = at;
    if (listener.hears(path, body.toString(StandardCharsets.UTF_8), at)) {
      lastArrival = at;
      byToken
          .computeIfAbsent(String.valueOf(request.getHeader("x-api-key")), token -> new LongAdder())
          .increment();
      arrived.incrementAndGet();
    }
    if (path.startsWith(SLOW)) {
      vertx.setTimer(SLOWNESS.toMillis(), timer -> answer(request));
    } else {
      answer(request);
    }
  }

  private static void answer(HttpServerRequest request) {
    if (!request.response().closed()) {
      request.response().putHeader("Content-Type", "application/json").end(APPLIED);
    }
  }
}
