package net.insightpulseai.bridge.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/** Reads the statements in {@code sql/}, one per file. */
public final class SqlFile {

  private static final Pattern PART = Pattern.compile("(?m)^-- \\$\\{(\\w+)}.*$");

  private SqlFile() {}

  /**
   * Reads a statement.
   *
   * @param name the file's name below {@code sql/}, without its ending
   */
  public static String read(String name) {
    return read(name, Map.of());
  }

  /**
   * Reads a statement that serves several tables.
   *
   * @param parts what stands in the file for <code>${name}</code>; from our code only, never from
   *     input
   */
  public static String read(String name, Map<String, String> parts) {
    String text = text(name);
    for (Map.Entry<String, String> part : parts.entrySet()) {
      text = text.replace("${" + part.getKey() + "}", part.getValue());
    }
    return text;
  }

  /**
   * Reads a file of parts for {@link #read(String, Map)}. A line that begins with <code>-- ${name}
   * </code> begins a part, which is what stands between it and the next such line.
   */
  public static Map<String, String> parts(String name) {
    String text = text(name);
    Map<String, String> parts = new HashMap<>();
    Matcher start = PART.matcher(text);
    while (start.find()) {
      Matcher next = PART.matcher(text);
      int end = next.find(start.end()) ? next.start() : text.length();
      parts.put(start.group(1), text.substring(start.end(), end).strip());
    }
    return Map.copyOf(parts);
  }

  private static String text(String name) {
    try {
      return new ClassPathResource("sql/" + name + ".sql").getContentAsString(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
