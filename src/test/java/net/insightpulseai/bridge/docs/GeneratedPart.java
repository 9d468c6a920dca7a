package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a document that says what the code says: {@code <!-- begin generated: name -->} and its
 * end enclose it. It is compared, and with {@code -Ddocs.write=true} written.
 */
record GeneratedPart(Path document, String name) {

  private static final int WIDTH = 120;

  static GeneratedPart of(String document, String name) {
    return new GeneratedPart(Path.of(document), name);
  }

  void mustBe(List<String> lines) throws IOException {
    String text = Documents.read(document);
    String begin = "<!-- begin generated: " + name + " -->\n";
    String end = "<!-- end generated: " + name + " -->";
    Matcher part =
        Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
            .matcher(text);
    assertThat(part.find()).as(document + " has " + begin).isTrue();
    String expected = String.join("\n", lines).strip() + "\n";
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(
          document, text.substring(0, part.start(1)) + expected + text.substring(part.end(1)));
      return;
    }
    assertThat(part.group(1))
        .as(
            "%s, part %s, is not what the code says; the same test with -Ddocs.write=true corrects it",
            document, name)
        .isEqualTo(expected);
  }

  /** A bullet point, in lines that are short enough for a document. */
  static String bullet(String text) {
    StringBuilder lines = new StringBuilder("-");
    int length = 1;
    for (String word : text.strip().split("\\s+")) {
      if (length + 1 + word.length() > WIDTH) {
        lines.append("\n ");
        length = 1;
      }
      lines.append(' ').append(word);
      length += 1 + word.length();
    }
    return lines.toString();
  }
}
