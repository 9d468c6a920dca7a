package net.insightpulseai.bridge.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.http.OffsetTime;
import net.insightpulseai.bridge.http.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event. Null and absent are the same. Apart from {@code http.BodyFields} because
 * the rules differ: these refuse an empty text and keep the time as sent, and a refusal also names
 * the type that was found.
 */
record EventFields(JsonNode object) {

  private static final int MAX_TEXT = 200;
  // UUID.fromString alone takes "1-1-1-1-1" for one.
  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}-(\\p{XDigit}{4}-){3}\\p{XDigit}{12}");

  @Nullable JsonNode any(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  @Nullable String text(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return null;
    }
    String text = value.textValue();
    if (text == null || !isName(text)) {
      throw invalid(name, "a string of 1 to 200 characters without control characters", value);
    }
    return text;
  }

  @Nullable Long integer(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw invalid(name, "a 64-bit integer", value);
    }
    return value.longValue();
  }

  @Nullable UUID uuid(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return null;
    }
    String text = value.textValue();
    if (text == null || !UUID_TEXT.matcher(text).matches()) {
      throw invalid(name, "a UUID, such as 1b4e28ba-2fa1-4d2e-9b6e-0123456789ab", value);
    }
    return UUID.fromString(text);
  }

  /** A time; {@code withoutOffset} is what one has that names none, null if it must. */
  @Nullable OffsetDateTime time(String name, @Nullable ZoneOffset withoutOffset) {
    JsonNode value = any(name);
    if (value == null) {
      return null;
    }
    OffsetDateTime time = OffsetTime.parse(value.asText(), withoutOffset);
    if (time == null) {
      throw invalid(
          name,
          "an RFC 3339 time with an offset, such as 2025-01-08T09:30:00Z (only Odoo's may lack one:"
              + " they are UTC)",
          value);
    }
    return time;
  }

  @Nullable JsonNode object(String name) {
    JsonNode value = any(name);
    if (value != null && !value.isObject()) {
      throw invalid(name, "an object", value);
    }
    return value;
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.length() <= MAX_TEXT && !hasControl(text) && isUnicode(text);
  }

  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** False if it holds half a surrogate pair, which has no UTF-8. */
  static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return UTF_8.newEncoder().canEncode(text);
      }
    }
    return true;
  }

  static Refusal invalid(String name, String expected, JsonNode found) {
    String kind = found.getNodeType().name().toLowerCase(Locale.ROOT);
    String article = "aeiou".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ";
    return new Refusal(
        400, "invalid_" + name, name + " must be " + expected + "; found " + article + kind);
  }
}
