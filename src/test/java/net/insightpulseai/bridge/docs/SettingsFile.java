package net.insightpulseai.bridge.docs;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** application.yaml as an operator reads it: each key with its value and its comment. */
final class SettingsFile {

  private static final Pattern ENTRY =
      Pattern.compile("( *)([a-z][a-z.-]*):(?: +(?!#)(.*?))?(?: +# (.*))?");
  private static final Pattern COMMENT = Pattern.compile("( *)# (.*)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+):(.*)}");

  private SettingsFile() {}

  /**
   * One setting.
   *
   * @param section what its key begins with
   * @param key the whole key
   * @param variable the environment variable it is read from, or empty
   * @param value the default
   * @param description the comment beside the key or above it, or empty
   */
  record Setting(String section, String key, String variable, String value, String description) {}

  private record Level(int indent, String key) {}

  static List<Setting> read() {
    List<Setting> settings = new ArrayList<>();
    Deque<Level> levels = new ArrayDeque<>();
    List<String> above = new ArrayList<>();
    int aboveIndent = 0;
    int listIndent = Integer.MAX_VALUE;
    for (String line : Documents.read(Path.of("application.yaml")).lines().toList()) {
      Matcher comment = COMMENT.matcher(line);
      Matcher entry = ENTRY.matcher(line);
      if (comment.matches()) {
        if (comment.group(1).length() != aboveIndent) {
          above.clear();
        }
        aboveIndent = comment.group(1).length();
        above.add(comment.group(2).strip());
      } else if (entry.matches()) {
        int indent = entry.group(1).length();
        if (indent > listIndent) {
          continue;
        }
        while (!levels.isEmpty() && levels.peek().indent() >= indent) {
          levels.pop();
        }
        String section = levels.isEmpty() ? "" : levels.peek().key();
        String key = section.isEmpty() ? entry.group(2) : section + "." + entry.group(2);
        String beside = entry.group(4);
        String text =
            beside != null ? beside : aboveIndent == indent ? String.join(" ", above) : "";
        boolean list = key.equals("bridge.subscribers");
        listIndent = list ? indent : Integer.MAX_VALUE;
        if (entry.group(3) == null && !list) {
          levels.push(new Level(indent, key));
        } else {
          settings.add(setting(section, key, list ? "[]" : entry.group(3), text.strip()));
        }
        above.clear();
      } else {
        above.clear();
      }
    }
    return settings;
  }

  private static Setting setting(String section, String key, String value, String text) {
    Matcher variable = VARIABLE.matcher(value.strip());
    return variable.matches()
        ? new Setting(section, key, variable.group(1), variable.group(2), text)
        : new Setting(section, key, "", value.strip(), text);
  }
}
