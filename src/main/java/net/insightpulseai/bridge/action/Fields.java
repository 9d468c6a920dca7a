package net.insightpulseai.bridge.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.http.Refusal;
import org.jspecify.annotations.Nullable;

/** The fields of a body; each says by its name what it expected. Null and absent are the same. */
final class Fields {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final ObjectNode object;

  Fields(ObjectNode object) {
    this.object = object;
  }

  @Nullable String text(String name, int longest) {
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

  @Nullable String uuid(String name) {
    String text = text(name, 200);
    if (text == null || UUID.matcher(text).matches()) {
      return text;
    }
    throw bad(name, "a UUID");
  }

  /** As the database reads it: ISO 8601 with an offset. */
  @Nullable String time(String name) {
    String text = text(name, 40);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toString();
    } catch (DateTimeException e) {
      throw bad(name, "a time with its offset, as in 2026-01-31T12:00:00Z");
    }
  }

  @Nullable Integer whole(String name, int least, int most) {
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

  @Nullable Duration seconds(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    Duration wait = value.isNumber() ? WaitFor.seconds(value.asText()) : null;
    if (wait == null) {
      throw bad(name, WaitFor.EXPECTED);
    }
    return wait;
  }

  ObjectNode objectOrEmpty(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (value instanceof ObjectNode node) {
      return node;
    }
    throw bad(name, "a JSON object");
  }

  ObjectNode without(Collection<String> names) {
    return object.deepCopy().remove(names);
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** Also without half of a surrogate pair, which has no UTF-8. */
  private static boolean isPrintable(String text) {
    return text.chars().noneMatch(Character::isISOControl) && UTF_8.newEncoder().canEncode(text);
  }

  static Refusal bad(String name, String expected) {
    return new Refusal(400, "invalid_" + name, name + " must be " + expected);
  }
}
