package net.insightpulseai.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds SQL in the string constants of the Java sources. */
final class SqlInJava {

  private static final Path SOURCES = Path.of("src/main/java/net/insightpulseai/bridge");

  /** Comments and characters are matched so that a quote in one of them starts no constant. */
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          /\\*.*?\\*/|//[^\\n]*|'(?:[^'\\\\]|\\\\.)+'\
          |\"{3}(?<block>.*?)\"{3}|"(?<string>(?:[^"\\\\\\n]|\\\\.)*)\"""",
          Pattern.DOTALL);

  /** How a statement begins, and what only stands in one. */
  private static final Pattern SQL =
      Pattern.compile(
          """
          ^\\s*(?:select\\s|insert\\s+into\\s|update\\s+\\S+\\s+set\\s|delete\\s+from\\s|merge\\s+into\\s\
          |with\\s+\\w+\\s+as\\b|where\\s+\\S+\\s*(?:=|<|>|in\\b|is\\b|like\\b)|listen\\s+\\w+$|notify\\s+\\w+\
          |(?:create|alter|drop|truncate)\\s+(?:table|index|schema|function|view|trigger|type|role)\\b\
          |(?:grant|revoke)\\s.*\\s(?:to|from)\\s|lock\\s+table\\s|set\\s+(?:local|session)\\s\
          |(?:group|order)\\s+by\\s|on\\s+conflict\\s|for\\s+update\\b|returning\\s|show\\s+\\w+$)\
          |\\bcase\\s+when\\b|::(?:text|bigint|int|integer|jsonb?|uuid|timestamptz|boolean|bytea)\\b\
          |\\bfrom\\s+(?:public|bridge|pg_catalog)\\.|\\bis\\s+(?:not\\s+)?null\\b|_build_object\\(""",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private SqlInJava() {}

  /** Each as {@code package/File.java: the constant}. */
  static List<String> find() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .flatMap(
              file ->
                  constants(read(file))
                      .filter(SqlInJava::isSql)
                      .map(text -> SOURCES.relativize(file) + ": " + text))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isSql(String text) {
    return SQL.matcher(text).find();
  }

  /** The string constants of a Java source, text blocks included. */
  static Stream<String> constants(String source) {
    return TOKEN
        .matcher(source)
        .results()
        .map(
            token -> {
              String text = token.group(1) == null ? token.group(2) : token.group(1);
              return text == null ? "" : text.strip();
            })
        .filter(text -> !text.isEmpty());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
