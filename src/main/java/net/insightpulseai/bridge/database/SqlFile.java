package net.insightpulseai.bridge.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;

/** Reads the statements in {@code sql/}, one per file. */
public final class SqlFile {

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
    try {
      String text = new ClassPathResource("sql/" + name + ".sql").getContentAsString(UTF_8);
      for (Map.Entry<String, String> part : parts.entrySet()) {
        text = text.replace("${" + part.getKey() + "}", part.getValue());
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
