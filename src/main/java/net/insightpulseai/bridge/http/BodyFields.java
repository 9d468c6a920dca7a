package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON body. A wrong value is refused with the field's name and what it should have
 * been. Null and absent are the same.
 */
public final class BodyFields {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** So many edits are a slip of the pen; a name that is further away is somebody's own. */
  private static final int SLIP = 2;

  private final ObjectNode object;

  public BodyFields(ObjectNode object) {
    this.object = object;
  }

  /**
   * Reads a body; an empty one is an object without fields.
   *
   * @throws Refusal 400 if it is anything but one JSON object, or has a field twice: something that
   *     inspected it on the way may have read the other value
   */
  public static BodyFields of(byte @Nullable [] body, ObjectMapper json) {
    if (body == null || body.length == 0) {
      return new BodyFields(JsonNodeFactory.instance.objectNode());
    }
    JsonNode root;
    try {
      root = json.reader(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).readTree(body);
    } catch (IOException e) {
      throw JsonLimits.refusal(
          e, "The body is not valid JSON, or has a field twice; expected one JSON object");
    }
    if (root instanceof ObjectNode object) {
      return new BodyFields(object);
    }
    throw new Refusal(400, "invalid_body", "The body must be a JSON object");
  }

  public @Nullable String text(String name, int longest) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()
        || value.textValue().length() > longest
        || !isPrintable(value.textValue())) {
      throw bad(name, "a string of at most " + longest + " printable characters");
    }
    return value.textValue();
  }

  public @Nullable String uuid(String name) {
    String text = text(name, 200);
    if (text == null || UUID.matcher(text).matches()) {
      return text;
    }
    throw bad(name, "a UUID");
  }

  /** As the database reads it: ISO 8601 with an offset. */
  public @Nullable String time(String name) {
    String text = text(name, 40);
    String time = text == null ? null : OffsetTime.read(text);
    if (text != null && time == null) {
      throw bad(name, OffsetTime.EXPECTED);
    }
    return time;
  }

  public @Nullable Integer whole(String name, int least, int most) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw bad(name, "a whole number from " + least + " to " + most);
    }
    return value.intValue();
  }

  /** A list of strings without duplicates. */
  public @Nullable List<String> texts(String name, int longest) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    Set<String> texts = new LinkedHashSet<>();
    boolean valid = value.isArray();
    for (JsonNode text : value) {
      valid &=
          text.isTextual() && text.textValue().length() <= longest && isPrintable(text.asText());
      texts.add(text.asText());
    }
    if (!valid) {
      throw bad(name, "a list of strings of at most " + longest + " printable characters");
    }
    return List.copyOf(texts);
  }

  /** True or false; null if it is not given. */
  public @Nullable Boolean flag(String name) {
    JsonNode value = value(name);
    if (value != null && !value.isBoolean()) {
      throw bad(name, "true or false");
    }
    return value == null ? null : value.booleanValue();
  }

  /** The body itself. */
  public ObjectNode object() {
    return object;
  }

  public ObjectNode objectOrEmpty(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (value instanceof ObjectNode node) {
      return node;
    }
    throw bad(name, "a JSON object");
  }

  public ObjectNode without(Collection<String> names) {
    return object.deepCopy().remove(names);
  }

  /**
   * Refuses unknown fields. If a misspelt field were ignored, the request would do something other
   * than what was asked.
   *
   * @throws Refusal 400 with the first such field and the known ones
   */
  public void refuseOthers(Collection<String> known) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!known.contains(field.getKey())) {
        throw new Refusal(
            400,
            "unknown_field",
            "Unknown field "
                + Query.shown(field.getKey())
                + "; the fields here are "
                + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /**
   * Refuses fields that are nearly a known one, where any other field is allowed.
   *
   * @throws Refusal 400 with the first such field and the one that was probably meant
   */
  public void refuseSlips(Collection<String> known) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String near = known.contains(field.getKey()) ? null : Nearest.of(field.getKey(), known);
      if (near != null && Nearest.distance(field.getKey(), near) <= SLIP) {
        throw new Refusal(
            400,
            "unknown_field",
            "Unknown field %s; did you mean %s?".formatted(Query.shown(field.getKey()), near));
      }
    }
  }

  /** The value as it is; null if it is absent or null. */
  public @Nullable JsonNode value(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** Excludes unpaired surrogates too, which have no UTF-8. */
  private static boolean isPrintable(String text) {
    return text.chars().noneMatch(Character::isISOControl) && UTF_8.newEncoder().canEncode(text);
  }

  /** The refusal of a field, with what it must be. */
  public static Refusal bad(String name, String expected) {
    return new Refusal(400, "invalid_" + name, name + " must be " + expected);
  }
}
