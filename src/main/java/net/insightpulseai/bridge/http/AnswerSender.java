package net.insightpulseai.bridge.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Sends answers on the event loop. What a client does not read stays in memory, so there is a limit
 * on it: the client that has been reading longest is cut off first.
 */
@Component
class AnswerSender {

  /** How long the rest of a refused body is thrown away, so that its sender reads the refusal. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private static final long MOST_UNSENT = DataSize.ofMegabytes(32).toBytes();

  private final Refusals refusals;
  private final HttpSettings settings;
  private final Counter aborted;
  private final Map<EdgeRequest, Integer> unsent = new LinkedHashMap<>();
  private long unsentBytes;

  AnswerSender(Refusals refusals, HttpSettings settings, MeterRegistry meters) {
    this.refusals = refusals;
    this.settings = settings;
    this.aborted =
        Counter.builder("bridge.http.aborted")
            .description("Answers that could not be written, because the client had gone")
            .register(meters);
  }

  void record(RequestFacts facts, byte @Nullable [] body, @Nullable String route, Refusal why) {
    refusals.record(facts, body, route, why);
  }

  /** Sends an answer, and says what the client has to do next. */
  void send(EdgeRequest request, Buffer content) {
    HttpServerResponse response = request.http().response();
    EdgeConnection connection = request.connection();
    if (response.closed()) {
      return;
    }
    if (!request.isBodyRead()) {
      connection.announceClose();
    }
    if (connection.isClosing()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    hold(request, content.length());
    connection.within(settings.writeTimeout(), connection::close);
    response
        .end(content)
        .onComplete(
            written -> {
              forget(request);
              if (written.succeeded()) {
                sent(request, connection);
              }
            });
  }

  /** The client has closed the connection, or has lost it, amid a request. */
  void clientLeft(EdgeRequest request) {
    aborted.increment();
    forget(request);
    request.clientLeft();
  }

  private void sent(EdgeRequest request, EdgeConnection connection) {
    if (!connection.isClosing()) {
      connection.within(settings.idleTimeout(), connection::close);
    } else if (request.http().isEnded()) {
      connection.close();
    } else {
      connection.within(LINGER, connection::close);
      discard(request.http(), connection);
    }
    connection.end();
  }

  private static void discard(HttpServerRequest rest, EdgeConnection connection) {
    rest.handler(bytes -> {}).exceptionHandler(failure -> {}).endHandler(end -> connection.close());
    rest.resume();
  }

  private void hold(EdgeRequest request, int bytes) {
    unsent.put(request, bytes);
    unsentBytes += bytes;
    while (unsentBytes > MOST_UNSENT && unsent.size() > 1) {
      EdgeRequest slowest = unsent.keySet().iterator().next();
      forget(slowest);
      slowest.connection().close();
    }
  }

  private void forget(EdgeRequest request) {
    Integer bytes = unsent.remove(request);
    unsentBytes -= bytes == null ? 0 : bytes;
  }
}
