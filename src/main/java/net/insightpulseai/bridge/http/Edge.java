package net.insightpulseai.bridge.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.insightpulseai.bridge.config.BridgeMode;
import net.insightpulseai.bridge.config.RateLimitedLog;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes every request on the public port, decides at once whether it may be served at all, and
 * hands it to the router, where Camel's routes are. It knows every connection. All of it is on one
 * event loop, which nothing here blocks.
 */
@Component
class Edge {

  private static final List<Integer> UNROUTED = List.of(400, 404, 405, 406, 415, 500);

  private static final CharSequence ALLOW = HttpHeaders.createOptimized("allow");

  private final EdgeRouter router;
  private final Readiness readiness;
  private final RouteAddresses addresses;
  private final AnswerSender answers;
  private final HttpSettings settings;
  private final int maxBody;
  private final boolean demo;
  private final RateLimitedLog log;
  private final Counter turnedAway;
  private final Map<HttpConnection, EdgeConnection> connections = new HashMap<>();

  Edge(
      EdgeRouter router,
      Readiness readiness,
      RouteAddresses addresses,
      AnswerSender answers,
      HttpSettings settings,
      AdmissionSettings limits,
      BridgeMode mode,
      Clock clock,
      MeterRegistry meters) {
    this.router = router;
    this.readiness = readiness;
    this.addresses = addresses;
    this.answers = answers;
    this.settings = settings;
    this.maxBody = (int) limits.maxBody().toBytes();
    this.demo = mode.isDemo();
    this.log = new RateLimitedLog(LoggerFactory.getLogger(Edge.class), clock);
    this.turnedAway =
        Counter.builder("bridge.http.turned.away")
            .description("Connections that were closed at once, because there were too many")
            .register(meters);
    UNROUTED.forEach(status -> router.errorHandler(status, context -> unrouted(context, status)));
  }

  /** A client has connected. */
  void connect(HttpConnection http) {
    if (connections.size() == settings.maxConnections()) {
      turnedAway.increment();
      http.close();
      return;
    }
    EdgeConnection connection = new EdgeConnection(http);
    connections.put(http, connection);
    http.exceptionHandler(failure -> {}); // the client's, and told by the end of the connection
    http.closeHandler(closed -> disconnected(http));
    connection.context().pipeline().addBefore("handler", "guard", new ChannelGuard());
    connection.within(settings.headTimeout(), connection::close);
  }

  /** The headers of a request are there. */
  void accept(HttpServerRequest http) {
    EdgeConnection connection = connections.get(http.connection());
    if (connection == null || connection.isClosing()) {
      http.connection().close();
    } else if (connection.request() != null) {
      http.pause();
      connection.afterwards(
          () -> {
            http.resume();
            accept(http);
          });
    } else {
      try {
        serve(http, connection);
      } catch (RuntimeException e) {
        failed(e);
        connection.close();
      }
    }
  }

  private void failed(Throwable failure) {
    log.warn("A request failed before its route: " + FailureLine.of(failure));
  }

  private void serve(HttpServerRequest http, EdgeConnection connection) {
    int wrong =
        http.decoderResult().isSuccess()
            ? RequestHead.status(http)
            : RequestHead.statusOf(http.decoderResult());
    String path = wrong == RequestHead.RIGHT ? Objects.requireNonNull(http.path()) : "";
    HttpServerResponse response = http.response();
    Cors.allow(path, response);
    if (demo) {
      // Says on every answer, refusals included, that nothing real is behind it.
      response.putHeader("x-bridge-mode", "demo");
    }
    EdgeRequest request = new EdgeRequest(http, path, connection, answers);
    connection.begin(request);
    if (wrong != RequestHead.RIGHT) {
      connection.announceClose();
      request.answer(wrong);
    } else if (http.method().equals(HttpMethod.OPTIONS)) {
      response.setStatusCode(204);
      request.end(Buffer.buffer());
    } else if (!readiness.ready()) {
      // No caller's fault, so it is not among the refused requests.
      request.answer(Readiness.refusal());
    } else if (request.facts().size() > maxBody) {
      request.refuse(null, RawBody.tooLarge(maxBody));
    } else if (path.endsWith("/")) {
      request.answer(404); // to the router it would be the same as without
    } else {
      router.handle(http);
    }
  }

  /** The request that the router is dealing with. */
  EdgeRequest requestOf(RoutingContext context) {
    EdgeConnection connection = connections.get(context.request().connection());
    return Objects.requireNonNull(Objects.requireNonNull(connection).request());
  }

  private void unrouted(RoutingContext context, int status) {
    EdgeRequest request = requestOf(context);
    if (context.failure() != null) {
      failed(context.failure());
    }
    if (!readiness.ready()) {
      request.answer(Readiness.refusal());
    } else if ((status == 404 || status == 405)
        && addresses.isStopped(request.http().method().name(), request.facts().path())) {
      request.answer(503);
    } else {
      if (status == 405) {
        request.http().response().putHeader(ALLOW, addresses.allowed(request.facts().path()));
      }
      request.answer(status);
    }
  }

  private void disconnected(HttpConnection http) {
    EdgeConnection connection = connections.remove(http);
    EdgeRequest request = connection == null ? null : connection.request();
    if (request != null) {
      answers.clientLeft(request);
    }
  }

  /** Called several times a second: ends what has taken too long. */
  void checkDeadlines() {
    long now = System.nanoTime();
    for (EdgeConnection connection : List.copyOf(connections.values())) {
      connection.check(now);
    }
  }

  /** Cuts off all clients at once. */
  void closeAll() {
    List.copyOf(connections.values()).forEach(EdgeConnection::close);
  }

  /** Whether no request is in progress. */
  boolean idle() {
    return connections.values().stream().allMatch(connection -> connection.request() == null);
  }
}
