package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Supabase project on loopback whose Realtime answers as described: both endpoints for
 * broadcasts, with the gateway's key before them, the limits of size and rate, and private topics.
 * It keeps what clients would have received, and every call.
 */
public final class TestRealtime implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BATCH = "/realtime/v1/api/broadcast";
  private static final Pattern PER_EVENT = Pattern.compile(BATCH + "/([^/]+)/events/([^/]+)");

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final LoopbackServer server;
  private final String key;
  private volatile boolean old;
  private volatile int limitKilobytes;
  private volatile Function<Call, @Nullable Answer> instead = call -> null;

  /**
   * @param key the only one that opens it
   */
  public TestRealtime(String key) {
    this.key = key;
    reset();
    server = new LoopbackServer(this::serve);
  }

  /** What {@code SUPABASE_URL} would hold. */
  public String url() {
    return server.url();
  }

  /** A current server on the free plan, to which nothing has been sent. */
  public void reset() {
    calls.clear();
    received.clear();
    old = false;
    limitKilobytes = 256;
    instead = call -> null;
  }

  /** From now on a server before version 2.97: it has no endpoint for one event. */
  public void becomeOld() {
    old = true;
  }

  /** The plan's limit for one payload. */
  public void limit(int kilobytes) {
    limitKilobytes = kilobytes;
  }

  /** What calls with a right key are answered from now on; null goes the usual way. */
  public void answer(Function<Call, @Nullable Answer> answer) {
    instead = answer;
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** What private channels received, in order. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call =
          new Call(
              Instant.now(),
              exchange.getRequestURI().getRawPath(),
              exchange.getRequestURI().getRawQuery(),
              Map.copyOf(exchange.getRequestHeaders()),
              exchange.getRequestBody().readAllBytes());
      calls.add(call);
      Answer answer = answer(call);
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      LoopbackServer.answer(exchange, answer.status(), answer.headers(), body);
    }
  }

  private Answer answer(Call call) {
    String agent = String.valueOf(call.header("User-Agent"));
    if (!key.equals(call.header("apikey")) || agent.startsWith("Mozilla")) {
      return Answer.of(401, "{\"message\":\"Invalid API key\",\"hint\":\"Double check your key\"}");
    }
    String authorization = call.header("Authorization");
    if (authorization != null && authorization.split(" ").length != 2) {
      return Answer.of(500, "");
    }
    if (authorization != null && !authorization.startsWith("Bearer eyJ")) {
      return Answer.of(401, "{\"message\":\"Unauthorized\"}");
    }
    Answer given = instead.apply(call);
    if (given != null) {
      return given;
    }
    Matcher perEvent = PER_EVENT.matcher(call.path());
    if (perEvent.matches() && !old) {
      return one(call, perEvent.group(1), perEvent.group(2));
    }
    return call.path().equals(BATCH) ? batch(call) : Answer.of(404, "{\"message\":\"Not found\"}");
  }

  private Answer one(Call call, String topic, String event) {
    if (!"application/json".equals(call.header("Content-Type"))) {
      return Answer.of(415, "{\"error\":\"Unsupported Media Type\"}");
    }
    JsonNode payload = call.json();
    if (isTooLarge(payload)) {
      return Answer.of(422, "{\"errors\":{\"payload\":[\"Payload size exceeds tenant limit\"]}}");
    }
    deliver(decoded(topic), decoded(event), payload, "private=true".equals(call.query()));
    return Answer.of(202, "");
  }

  private Answer batch(Call call) {
    for (JsonNode message : call.json().path("messages")) {
      if (!message.path("payload").isObject() || message.path("topic").asText().isEmpty()) {
        return Answer.of(422, "{\"errors\":{\"messages\":[{\"payload\":[\"can't be blank\"]}]}}");
      }
      if (isTooLarge(message.path("payload"))) {
        return Answer.of(
            422,
            "{\"errors\":{\"messages\":[{\"payload\":[\"Payload size exceeds tenant limit\"]}]}}");
      }
    }
    for (JsonNode message : call.json().path("messages")) {
      deliver(
          message.path("topic").asText(),
          message.path("event").asText(),
          message.path("payload"),
          message.path("private").asBoolean());
    }
    return Answer.of(202, "");
  }

  private boolean isTooLarge(JsonNode payload) {
    return payload.toString().getBytes(UTF_8).length > limitKilobytes * 1000 + 500;
  }

  /** A public message never reaches a private channel. */
  private void deliver(String topic, String event, JsonNode payload, boolean isPrivate) {
    if (isPrivate) {
      received.add(new Received(topic, event, payload));
    }
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }

  /** What a client of a private channel gets. */
  public record Received(String topic, String event, JsonNode payload) {}

  /** What a call is answered. */
  public record Answer(int status, Map<String, String> headers, String body) {

    public static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body);
    }
  }

  /** One request as it came, and when. */
  public record Call(
      Instant at,
      String path,
      @Nullable String query,
      Map<String, List<String>> headers,
      byte[] body) {

    public @Nullable String header(String name) {
      return LoopbackServer.header(headers, name);
    }

    public boolean isBatch() {
      return path.equals(BATCH);
    }

    public JsonNode json() {
      try {
        return JSON.readTree(new String(body, UTF_8));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
