package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.config.RateLimitedLog;
import net.insightpulseai.bridge.console.Overview;
import net.insightpulseai.bridge.console.OwnCalls;
import net.insightpulseai.bridge.console.Payloads;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.JsonLimits;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.ingest.ExactJson;
import net.insightpulseai.bridge.login.Person;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the API on the management port, for the users who are logged in there: behind
 * its login, its roles and its CSRF check. It passes them on, records the user who acts, and keeps
 * contents of records from viewers.
 */
final class ConsoleServlet extends HttpServlet {

  private static final long serialVersionUID = 1;
  private static final int LARGEST_BODY = 256 * 1024;
  private static final String JSON = "application/json";
  private static final String OVERVIEW = "/bridge/overview";
  private static final byte[] NOTHING = {};

  /** A viewer's answer is looked through as a tree, which takes many times its size in memory. */
  private static final int MOST_TREES = 4;

  private static final long PATIENCE_SECONDS = 10;

  private final transient OwnCalls calls;
  private final transient Overview overview;
  private final transient ObjectMapper json;
  private final transient ObjectMapper deep;
  private final transient RateLimitedLog log;
  private final transient Semaphore trees = new Semaphore(MOST_TREES);

  ConsoleServlet(OwnCalls calls, Overview overview, ObjectMapper json, RateLimitedLog log) {
    this.calls = calls;
    this.overview = overview;
    this.json = json;
    // In a list, an event stands some levels deeper than it was sent.
    this.deep = ExactJson.mapper(JsonLimits.constraints().rebuild().maxNestingDepth(900).build());
    this.log = log;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      serve(request, response);
    } catch (Refusal refusal) {
      refuse(response, refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
    }
  }

  private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Role role = Role.ofCaller();
    // As it was sent: decoding is for the operation to do, once.
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (path.equals(OVERVIEW) && request.getMethod().equals("GET")) {
      ObjectNode answer = overview(request, role);
      if (role == Role.VIEWER) {
        Payloads.hide(answer);
      }
      show(response, 200, answer);
      return;
    }
    ConsoleOperation operation = ConsoleOperation.of(request.getMethod(), path);
    if (operation == null) {
      throw new Refusal(404, "not_found", "The console has no such operation");
    }
    if (role == Role.VIEWER && request.getParameter("format") != null) {
      throw new Refusal(403, "operator_only", "Only an operator may download lists");
    }
    if (role == Role.OPERATOR) {
      pass(request, response, operation, path, role);
      return;
    }
    if (!acquired()) {
      response.setHeader("Retry-After", "1");
      throw new Refusal(503, "overloaded", "Too many viewers read at once; ask again");
    }
    try {
      pass(request, response, operation, path, role);
    } finally {
      trees.release();
    }
  }

  private boolean acquired() {
    try {
      return trees.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ObjectNode overview(HttpServletRequest request, Role role) {
    ObjectNode answer = overview.now();
    answer.putObject("you").put("user", login(request)).put("operator", role == Role.OPERATOR);
    return answer;
  }

  private void pass(
      HttpServletRequest request,
      HttpServletResponse response,
      ConsoleOperation operation,
      String path,
      Role role)
      throws IOException {
    Person person = new Person(login(request));
    byte[] body = body(request, operation, person);
    String query = request.getQueryString();
    if (operation.method().equals("DELETE") && operation.person() != null) {
      query = person.writeTo(query, operation.person());
    }
    OwnCalls.Answer answer;
    try {
      answer = calls.call(request.getMethod(), query == null ? path : path + "?" + query, body);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "invalid_address", "The address is not encoded as a URL must be");
    } catch (IOException e) {
      log.warn("The management port cannot call the public port: " + e);
      throw new Refusal(
          502, "no_answer", "The bridge's own HTTP port does not answer; look into the log");
    }
    if (answer.retryAfter() != null) {
      response.setHeader("Retry-After", answer.retryAfter());
    }
    if (role == Role.VIEWER) {
      show(response, answer.status(), withoutContents(answer));
    } else {
      send(response, answer.status(), answer.contentType(), answer.content());
    }
  }

  private byte[] body(HttpServletRequest request, ConsoleOperation operation, Person person)
      throws IOException {
    if (operation.method().equals("GET") || operation.method().equals("DELETE")) {
      return NOTHING;
    }
    byte[] sent = request.getInputStream().readNBytes(LARGEST_BODY + 1);
    if (sent.length > LARGEST_BODY) {
      throw new Refusal(413, "too_large", "The body is larger than 256 KB");
    }
    String type = request.getContentType();
    if (sent.length > 0 && (type == null || !type.startsWith(JSON))) {
      throw new Refusal(415, "not_json", "The body must be " + JSON);
    }
    String field = operation.person();
    if (field == null) {
      return sent;
    }
    ObjectNode object = BodyFields.of(sent, json).object();
    if (operation.isReplay() && object.has("event_type")) {
      // At this address the API also takes a new event, which only a signature vouches for.
      throw new Refusal(
          400, "no_events_here", "The console replays stored events; it takes no new ones");
    }
    person.writeTo(object, field);
    return json.writeValueAsBytes(object);
  }

  /** Only what can be read as JSON, because nothing else can be looked through. */
  private JsonNode withoutContents(OwnCalls.Answer answer) throws IOException {
    if (!answer.contentType().startsWith(JSON)) {
      throw new Refusal(403, "operator_only", "Only an operator may read this");
    }
    try {
      JsonNode tree = deep.readTree(answer.content());
      Payloads.hide(tree);
      return tree;
    } catch (JsonProcessingException e) {
      throw new Refusal(
          502,
          "unreadable",
          "The answer cannot be looked through, so only an operator may read it");
    }
  }

  private static String login(HttpServletRequest request) {
    Principal user = request.getUserPrincipal();
    return user == null ? "" : user.getName();
  }

  private void refuse(HttpServletResponse response, int status, String code, String message)
      throws IOException {
    show(
        response,
        status,
        JsonNodeFactory.instance
            .objectNode()
            .put("ok", false)
            .put("code", code)
            .put("message", message));
  }

  private void show(HttpServletResponse response, int status, @Nullable JsonNode answer)
      throws IOException {
    send(response, status, JSON, String.valueOf(answer).getBytes(UTF_8));
  }

  private static void send(HttpServletResponse response, int status, String type, byte[] content)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(content.length);
    response.getOutputStream().write(content);
  }
}
