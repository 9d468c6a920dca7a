package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An Odoo on loopback that refuses what the real one refuses, records every call, and answers what
 * the test tells it to.
 */
public final class TestOdoo implements AutoCloseable {

  public static final String TOKEN = "test-odoo-token-0123";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What its database is called. */
  public static final String DB_UUID = "8a7f5f0e-91c7-4f0b-8e5d-6f1d2c3b4a59";

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<Call> infos = new CopyOnWriteArrayList<>();
  private final LoopbackServer server;
  private volatile Function<Call, Answer> answer = TestOdoo::applied;
  private volatile Function<Call, Answer> info = TestOdoo::introduced;

  public TestOdoo() {
    server = new LoopbackServer(this::serve);
  }

  /** What {@code ODOO_BASE_URL} would hold. */
  public String url() {
    return server.url();
  }

  /** How calls with a right key and signature are answered from now on; may block. */
  public void answer(Function<Call, Answer> answer) {
    this.answer = answer;
  }

  /** How {@code /api/agent/info} is answered from now on; may block. */
  public void answerInfo(Function<Call, Answer> answer) {
    this.info = answer;
  }

  /** Announces that it takes these actions together, so many in one call. */
  public void takesTogether(int max, String... actions) {
    ObjectNode announced = (ObjectNode) introduced(DB_UUID, true).json();
    ArrayNode list = announced.putArray("actions");
    for (String action : actions) {
      list.addObject().put("name", action).put("batchable", true);
    }
    announced.putObject("batch").put("max", max).put("budget_ms", 1000);
    answerInfo(call -> Answer.json(200, announced.toString()));
  }

  /** Forgets all calls, announces nothing and applies everything again. */
  public void reset() {
    calls.clear();
    infos.clear();
    answer = TestOdoo::applied;
    info = TestOdoo::introduced;
  }

  /** How often, and with what, it was asked which one it is. */
  public List<Call> infos() {
    return List.copyOf(infos);
  }

  /** Every other call so far, pings and refused ones among them. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The calls for several actions. */
  public List<Call> batches() {
    return calls.stream().filter(call -> call.actions().size() > 1).toList();
  }

  /** The calls of one action that went alone. */
  public List<Call> calls(String action) {
    return calls.stream().filter(call -> call.action().equals(action)).toList();
  }

  /** 200 as the addon answers it, to one action or to several. */
  public static Answer applied(Call call) {
    return each(
        call,
        action ->
            Answer.json(
                200,
                "{\"ok\":true,\"code\":\"ok\",\"message\":\"\",\"retryable\":false,\"result\":{},\"replayed\":false}"));
  }

  /** Answers each action of a call, and puts it together as the addon does if they are several. */
  public static Answer each(Call call, Function<JsonNode, Answer> one) {
    if (!call.json().has("actions")) {
      return one.apply(call.json());
    }
    ObjectNode body = JSON.createObjectNode().put("ok", true);
    for (JsonNode action : call.actions()) {
      Answer answer = one.apply(action);
      body.withArray("results")
          .addObject()
          .put("idempotency_key", action.path("idempotency_key").asText())
          .put("status", answer.status())
          .setAll((ObjectNode) answer.json());
    }
    return Answer.json(200, body.toString());
  }

  /** 200 of a paired database, as the addon answers it. */
  public static Answer introduced(Call call) {
    return introduced(DB_UUID, true);
  }

  /** The same of any database. */
  public static Answer introduced(String dbUuid, boolean paired) {
    return Answer.json(
        200,
        "{\"version\":\"19.0.2.0.0\",\"db_uuid\":\"%s\",\"paired\":%s,\"actions\":[],\"batch\":{\"max\":1,\"budget_ms\":0}}"
            .formatted(dbUuid, paired));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call =
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              Map.copyOf(exchange.getRequestHeaders()),
              exchange.getRequestBody().readAllBytes());
      boolean asksWho = call.path().equals("/api/agent/info");
      (asksWho ? infos : calls).add(call);
      Answer given = refusal(call);
      if (given == null) {
        given = (asksWho ? info : answer).apply(call);
      }
      LoopbackServer.answer(exchange, given.status(), given.headers(), given.body());
    }
  }

  private static Answer refusal(Call call) {
    if (!TOKEN.equals(call.header("x-api-key"))) {
      return Answer.error(401, "bad_api_key");
    }
    if (call.method().equals("POST")
        && !BridgeTest.sign(call.body()).equals(call.header("x-signature"))) {
      return Answer.error(401, "bad_signature");
    }
    return null;
  }

  @Override
  public void close() {
    server.close();
  }

  /** One request as it came. */
  public record Call(String method, String path, Map<String, List<String>> headers, byte[] body) {

    /** The only value of a header, or null. */
    public String header(String name) {
      return LoopbackServer.header(headers, name);
    }

    public String text() {
      return new String(body, UTF_8);
    }

    public JsonNode json() {
      return read(body);
    }

    /** What it asks to be done: several actions, or one. */
    public List<JsonNode> actions() {
      JsonNode json = json();
      return json.has("actions")
          ? List.copyOf(json.withArray("actions").valueStream().toList())
          : List.of(json);
    }

    /** Its action, or empty text if it is no action call. */
    public String action() {
      return method.equals("POST") ? json().path("action").asText() : "";
    }
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a call is answered. */
  public record Answer(int status, Map<String, String> headers, byte[] body) {

    public static Answer json(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8));
    }

    JsonNode json() {
      return read(body);
    }

    /** What is not the addon's: Odoo's own page, or a proxy's. */
    public static Answer page(int status) {
      return new Answer(
          status, Map.of("Content-Type", "text/html"), "<h1>Page</h1>".getBytes(UTF_8));
    }

    /** The addon's error form. */
    public static Answer error(int status, String code) {
      return json(
          status,
          "{\"ok\":false,\"code\":\"%s\",\"message\":\"%s\",\"retryable\":false}"
              .formatted(code, code));
    }
  }
}
