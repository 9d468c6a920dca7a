package net.insightpulseai.bridge.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import net.insightpulseai.bridge.login.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** The API for the MBeans: what it answers as text that a person can read. */
@Component
class Api {

  private final OwnCalls calls;
  private final ObjectMapper json;

  Api(OwnCalls calls, @Qualifier("exactJson") ObjectMapper json) {
    this.calls = calls;
    this.json = json;
  }

  /** Looks something up, and shows it as JSON without contents of records: a viewer may ask. */
  String show(String path) {
    JsonNode answer = answer("GET", path, null);
    Payloads.hide(answer);
    return pretty(answer);
  }

  /** The same for a program. */
  JsonNode get(String path) {
    return answer("GET", path, null);
  }

  /** Does something, and shows the answer as JSON. */
  String act(String path, ObjectNode body) {
    return pretty(answer("POST", path, body));
  }

  /** A body with who does it, with the login if there is one, and why. */
  static ObjectNode record(@Nullable String who, @Nullable String why) {
    return by(who).put("why", why);
  }

  /** A body with who does it, for acts that need no reason. */
  static ObjectNode by(@Nullable String who) {
    return JsonNodeFactory.instance.objectNode().put("who", Person.ofCaller(who));
  }

  /** A part of a path, encoded. */
  static String part(String text) {
    return UriUtils.encode(text, UTF_8);
  }

  /** Puts a field that was given; Hawtio's forms send an empty text for one that was not. */
  static void put(ObjectNode body, String field, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      body.put(field, value.strip());
    }
  }

  private JsonNode answer(String method, String path, @Nullable ObjectNode body) {
    try {
      byte[] sent = body == null ? new byte[0] : json.writeValueAsBytes(body);
      JsonNode answer = json.readTree(calls.call(method, path, sent).content());
      return answer == null ? json.missingNode() : answer;
    } catch (IOException e) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("ok", false)
          .put("message", "The bridge's own HTTP port does not answer: " + e.getMessage());
    }
  }

  private String pretty(JsonNode answer) {
    if (answer.path("ok").isBoolean()
        && !answer.path("ok").booleanValue()
        && answer.path("message").isTextual()) {
      return "nothing done: " + answer.path("message").asText();
    }
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
