package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A webhook's receiver on loopback: records every call and answers what the test tells it to. */
public final class TestSubscriber implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<Call, Answer> answer = call -> Answer.of(204);

  public TestSubscriber() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** How calls are answered from now on; may block. */
  public void answer(Function<Call, Answer> answer) {
    this.answer = answer;
  }

  /** Every call so far, in the order of their arrival. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call =
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              exchange.getRequestBody().readAllBytes());
      calls.add(call);
      Answer given = answer.apply(call);
      given.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(
          given.status(), given.body().length == 0 ? -1 : given.body().length);
      exchange.getResponseBody().write(given.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * One request as it came.
   *
   * @param target path and query as they stood in the request
   */
  public record Call(String method, String target, Map<String, List<String>> headers, byte[] body) {

    /** The values of a header, comma separated, or null. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> String.join(",", entry.getValue()))
          .findFirst()
          .orElse(null);
    }

    public String text() {
      return new String(body, UTF_8);
    }

    /** The headers as Java's HTTP client has them. */
    public HttpHeaders httpHeaders() {
      return HttpHeaders.of(headers, (name, value) -> true);
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What a call is answered. */
  public record Answer(int status, Map<String, String> headers, byte[] body) {

    public static Answer of(int status) {
      return new Answer(status, Map.of(), new byte[0]);
    }

    public static Answer of(int status, String header, String value) {
      return new Answer(status, Map.of(header, value), new byte[0]);
    }

    public static Answer text(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "text/plain"), body.getBytes(UTF_8));
    }
  }
}
