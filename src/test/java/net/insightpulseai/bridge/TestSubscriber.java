package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A webhook's receiver on loopback: records every call and answers what the test tells it to. */
public final class TestSubscriber implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final LoopbackServer server;
  private volatile Function<Call, Answer> answer = call -> Answer.of(204);

  public TestSubscriber() {
    server = new LoopbackServer(this::serve);
  }

  public String url() {
    return server.url();
  }

  public int port() {
    return server.port();
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
      LoopbackServer.answer(exchange, given.status(), given.headers(), given.body());
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /**
   * One request as it came.
   *
   * @param target path and query as they stood in the request
   */
  public record Call(String method, String target, Map<String, List<String>> headers, byte[] body) {

    /** The values of a header, comma separated, or null. */
    public String header(String name) {
      return LoopbackServer.header(headers, name);
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
