package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every document can be read: short lines, and links that lead somewhere. */
class DocumentFormTest {

  private static final int LONGEST_LINE = 120;
  private static final int LONGEST_README = 200;
  private static final Pattern INLINE = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern DEFINITION = Pattern.compile("(?m)^\\[([^]]+)]: (\\S+)");
  private static final Pattern REFERENCE = Pattern.compile("\\[([^]\\[]+)]\\[([^]\\[]*)]");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

  @Test
  void noLineIsTooLong() {
    List<String> tooLong = new ArrayList<>();
    for (Path document : Documents.all()) {
      List<String> lines = Documents.read(document).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).length() > LONGEST_LINE) {
          tooLong.add(document + ":" + (i + 1));
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void theReadmeIsShort() {
    assertThat(Documents.read(Path.of("README.md")).lines().count())
        .isLessThanOrEqualTo(LONGEST_README);
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> dead = new ArrayList<>();
    int links = 0;
    for (Path document : Documents.all()) {
      for (String target : targets(document)) {
        if (!target.matches("[a-z]+:.*")) {
          links++;
          if (!leads(document, target)) {
            dead.add(document + " -> " + target);
          }
        }
      }
    }
    assertThat(dead).isEmpty();
    assertThat(links).isGreaterThan(50);
  }

  @Test
  void everyReferenceIsDefinedAndEveryDefinitionIsUsed() {
    for (Path document : Documents.all()) {
      String text = Documents.withoutCode(Documents.read(document));
      Set<String> defined = new TreeSet<>();
      DEFINITION
          .matcher(text)
          .results()
          .forEach(one -> defined.add(one.group(1).toLowerCase(Locale.ROOT)));
      Set<String> used = new TreeSet<>();
      Matcher reference = REFERENCE.matcher(text);
      while (reference.find()) {
        String name = reference.group(2).isEmpty() ? reference.group(1) : reference.group(2);
        used.add(name.toLowerCase(Locale.ROOT));
      }
      // A changelog's versions are references without the second pair of brackets.
      defined.removeIf(name -> text.toLowerCase(Locale.ROOT).contains("## [" + name + "]"));
      assertThat(used).as(document.toString()).isEqualTo(defined);
    }
  }

  @Test
  void everyPageIsReachedFromTheReadme() {
    Set<Path> reached = new TreeSet<>();
    visit(Path.of("README.md"), reached);
    try (Stream<Path> pages = Documents.all().stream()) {
      assertThat(pages.filter(page -> page.startsWith("docs") || page.getNameCount() == 1))
          .allSatisfy(page -> assertThat(reached).contains(page));
    }
  }

  private static void visit(Path document, Set<Path> reached) {
    if (reached.add(document) && document.toString().endsWith(".md")) {
      for (String target : targets(document)) {
        if (!target.matches("[a-z]+:.*") && !target.startsWith("#")) {
          Path found = resolve(document, target);
          if (Files.isRegularFile(found)) {
            visit(found, reached);
          }
        }
      }
    }
  }

  private static List<String> targets(Path document) {
    String text = Documents.withoutCode(Documents.read(document));
    List<String> targets = new ArrayList<>();
    INLINE.matcher(text).results().forEach(one -> targets.add(one.group(1)));
    DEFINITION.matcher(text).results().forEach(one -> targets.add(one.group(2)));
    Pattern.compile("(?:src|href)=\"([^\"]+)\"")
        .matcher(text)
        .results()
        .forEach(one -> targets.add(one.group(1)));
    return targets;
  }

  private static Path resolve(Path document, String target) {
    String path = target.replaceAll("#.*", "");
    Path folder = document.getParent() == null ? Path.of("") : document.getParent();
    return path.isEmpty() ? document : folder.resolve(path).normalize();
  }

  private static boolean leads(Path document, String target) {
    Path found = resolve(document, target);
    if (!Files.exists(found)) {
      return false;
    }
    int anchor = target.indexOf('#');
    return anchor < 0 || anchors(found).contains(target.substring(anchor + 1));
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Path document) {
    Set<String> anchors = new TreeSet<>();
    String text = Documents.read(document).replaceAll("(?ms)^ *```.*?^ *```$", "");
    Matcher heading = HEADING.matcher(text);
    while (heading.find()) {
      anchors.add(
          heading
              .group(1)
              .strip()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-'));
    }
    return anchors;
  }
}
