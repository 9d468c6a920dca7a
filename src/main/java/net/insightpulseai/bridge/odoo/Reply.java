package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.answer.Answer;
import org.jspecify.annotations.Nullable;

/**
 * The few values of an answer's body that decide. A body that was cut counts as far as it goes, so
 * that a long result does not hide that the action was applied.
 *
 * @param facts the scalar values by path, as in {@code error.data.name}; empty if it is not JSON
 */
record Reply(Map<String, Object> facts) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int DEPTH = 3;

  /** A Response object that Odoo's JSON-RPC dispatcher turned into text, with status 200. */
  private static final Pattern MASKED = Pattern.compile("<Response .*\\[(\\d{3})\\b[^]]*]>");

  /** Exceptions of Odoo that a retry cannot cure. */
  private static final Set<String> PERMANENT =
      Set.of("UserError", "ValidationError", "RedirectWarning", "AccessError", "MissingError");

  static Reply read(Answer answer) {
    Map<String, Object> facts = new HashMap<>();
    try (JsonParser json = JSON.createParser(answer.body())) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        collect(json, facts);
      }
    } catch (IOException e) {
      if (!answer.cut()) {
        return new Reply(Map.of());
      }
    }
    return new Reply(facts);
  }

  private static void collect(JsonParser json, Map<String, Object> facts) throws IOException {
    Deque<String> path = new ArrayDeque<>();
    path.push("");
    while (!path.isEmpty()) {
      JsonToken token = json.nextToken();
      if (token == null) {
        throw new IOException("ends too early");
      }
      switch (token) {
        case START_ARRAY -> json.skipChildren();
        case START_OBJECT -> {
          if (path.size() < DEPTH) {
            path.push(path.getFirst() + json.currentName() + ".");
          } else {
            json.skipChildren();
          }
        }
        case END_OBJECT -> path.pop();
        case VALUE_TRUE, VALUE_FALSE ->
            facts.put(path.getFirst() + json.currentName(), json.getBooleanValue());
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            facts.put(path.getFirst() + json.currentName(), json.getText());
        default -> {
          // names and nulls carry nothing
        }
      }
    }
  }

  /** Whether the module itself answered, rather than a proxy or another program. */
  boolean fromModule() {
    return ok() != null || (code() != null && facts.get("message") != null);
  }

  @Nullable Boolean ok() {
    return (fact("ok") instanceof Boolean ok) ? ok : null;
  }

  @Nullable String code() {
    return (fact("code") instanceof String code) ? code : null;
  }

  @Nullable Boolean retryable() {
    return (fact("retryable") instanceof Boolean retryable) ? retryable : null;
  }

  /** The text for people: the module's message, or the exception's, or nothing. */
  String message() {
    for (String path : new String[] {"message", "result.message", "error.data.message"}) {
      if (facts.get(path) instanceof String text) {
        return text;
      }
    }
    return facts.get("error.message") instanceof String text ? text : "";
  }

  /** The status that JSON-RPC masked as text, or 0. */
  int maskedStatus() {
    if (facts.get("result") instanceof String text) {
      Matcher response = MASKED.matcher(text);
      if (response.matches()) {
        return Integer.parseInt(response.group(1));
      }
    }
    return 0;
  }

  /** Whether this is a JSON-RPC answer that reports an exception. */
  boolean isRpcError() {
    return facts.keySet().stream().anyMatch(path -> path.startsWith("error."));
  }

  /** The HTTP status that corresponds to the JSON-RPC error. */
  int rpcStatus() {
    if (facts.get("error.code") instanceof String code && code.matches("[45]\\d\\d")) {
      return Integer.parseInt(code);
    }
    if (facts.get("error.data.name") instanceof String name) {
      String exception = name.substring(name.lastIndexOf('.') + 1);
      if (PERMANENT.contains(exception)) {
        return 422;
      }
      if (exception.equals("AccessDenied") || exception.equals("SessionExpiredException")) {
        return 401;
      }
    }
    return 500;
  }

  /** Top level first, then below JSON-RPC's {@code result}. */
  private @Nullable Object fact(String name) {
    Object top = facts.get(name);
    return top != null ? top : facts.get("result." + name);
  }
}
