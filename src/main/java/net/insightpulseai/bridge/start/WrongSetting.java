package net.insightpulseai.bridge.start;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.config.DurationText;
import net.insightpulseai.bridge.config.StartRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** One line about a setting that could not be read: its key, its value, and what is expected. */
final class WrongSetting {

  private static final Pattern SECRET =
      Pattern.compile(
          "secret|(?<!event-)key|token|password|url|jwks|credential", Pattern.CASE_INSENSITIVE);

  private WrongSetting() {}

  static String line(BindException failure) {
    Throwable last = failure;
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused) {
        return String.valueOf(cause.getMessage());
      }
      if (cause instanceof BindValidationException invalid) {
        return invalid(invalid);
      }
      if (cause instanceof ConversionFailedException unreadable) {
        return unreadable(failure, unreadable);
      }
      last = cause;
    }
    // From checks in the settings' own constructors, whose messages name the key.
    return last instanceof ConversionException || last == failure
        ? found(failure.getName(), "an unsuitable value", expected(boundType(failure)))
        : String.valueOf(last.getMessage());
  }

  private static String invalid(BindValidationException failure) {
    return failure.getValidationErrors().getAllErrors().stream()
        .map(error -> invalid(failure.getValidationErrors().getName(), error))
        .collect(Collectors.joining("; "));
  }

  private static String invalid(ConfigurationPropertyName section, ObjectError error) {
    if (error instanceof FieldError field) {
      String key = section + "." + kebab(field.getField());
      return found(key, field.getRejectedValue(), constraint(field));
    }
    return section + ": " + error.getDefaultMessage();
  }

  /** The message of the constraint, worded to follow "expected". */
  private static String constraint(FieldError field) {
    return String.valueOf(field.getDefaultMessage())
        .replaceFirst("^must be ", "a value ")
        .replaceFirst("^must not be ", "a value that is not ");
  }

  private static String unreadable(BindException failure, ConversionFailedException cause) {
    ConfigurationProperty property = failure.getProperty();
    Object value = property == null ? cause.getValue() : property.getValue();
    return found(failure.getName(), value, expected(cause.getTargetType().getType()));
  }

  private static String found(Object key, @Nullable Object value, String expected) {
    // As it is written, not as Java prints it.
    Object written = value instanceof Duration duration ? DurationText.of(duration) : value;
    String shown =
        SECRET.matcher(key.toString()).find() ? "a value that is not shown" : "'" + written + "'";
    return "%s: found %s, expected %s".formatted(key, shown, expected);
  }

  private static @Nullable Class<?> boundType(BindException failure) {
    return failure.getTarget().getType().resolve();
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "a value of another kind";
    }
    if (type.isEnum()) {
      List<String> words =
          Arrays.stream(type.getEnumConstants())
              .map(word -> word.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
              .toList();
      return "one of " + String.join(", ", words);
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return "a duration such as 30s or 5m";
    }
    if (type == DataSize.class) {
      return "a size such as 1MB";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type)
        ? "a number"
        : type.getSimpleName();
  }

  private static String kebab(String field) {
    return field.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
