package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's Markdown documents, and what tests take out of them. */
final class Documents {

  private static final Set<String> NOT_OURS =
      Set.of(".git", "target", "data", "node_modules", ".idea");

  private Documents() {}

  /** Every document of the project. */
  static List<Path> all() {
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !NOT_OURS.contains(file.getName(0).toString()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without what stands in fences and between backticks, where brackets are no links. */
  static String withoutCode(String markdown) {
    return markdown.replaceAll("(?ms)^ *```.*?^ *```$", "").replaceAll("`[^`\\n]+`", "`");
  }

  /** The text below a heading, up to the next one of the same level or a higher one. */
  static String below(String file, String heading) {
    String text = read(Path.of(file));
    int level = heading.indexOf(' ');
    Matcher section =
        Pattern.compile(
                "^" + Pattern.quote(heading) + "$(.*?)(?=^#{1," + level + "} |\\z)",
                Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(text);
    assertThat(section.find()).as(file + " has the heading '" + heading + "'").isTrue();
    return section.group(1);
  }

  /** The first block in this language below a heading. */
  static String snippet(String file, String heading, String language) {
    Matcher block =
        Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
            .matcher(below(file, heading));
    assertThat(block.find()).as(file + ", " + heading + ": a block in " + language).isTrue();
    return block.group(1);
  }

  /** The words between backticks in the first column of the tables below a heading. */
  static Set<String> firstColumn(String file, String heading) {
    Set<String> words = new TreeSet<>();
    below(file, heading)
        .lines()
        .filter(line -> line.startsWith("| `"))
        .forEach(line -> words.addAll(code(line.substring(1, line.indexOf('|', 1)))));
    return words;
  }

  private static List<String> code(String cell) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("`([^`]+)`").matcher(cell);
    while (word.find()) {
      words.add(word.group(1));
    }
    return words;
  }

  static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
