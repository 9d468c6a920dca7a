package net.insightpulseai.bridge.history;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is different between two versions of the route files, as a patch. */
public final class Difference {

  private static final int CONTEXT = 3;
  private static final String NOTHING = "/dev/null";
  private static final String NO_NEWLINE = "\\ No newline at end of file";

  private Difference() {}

  /**
   * A unified diff, for {@code git apply} and {@code patch -p1}.
   *
   * @param folder how the folder is called in it, for example {@code routes}
   * @return empty if they are the same
   */
  public static String between(
      String folder, SortedMap<String, String> before, SortedMap<String, String> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    StringBuilder patch = new StringBuilder();
    for (String name : names) {
      String old = before.get(name);
      String now = after.get(name);
      if (!Objects.equals(old, now)) {
        unified(folder + "/" + name, old, now)
            .forEach(line -> patch.append(begin(line)).append('\n'));
      }
    }
    return patch.toString();
  }

  /**
   * How a folder is called in a patch: below the working folder, or else by its own name alone,
   * because {@code git apply} takes no absolute path.
   */
  public static String name(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    Path whole = folder.toAbsolutePath().normalize();
    return (whole.startsWith(here) ? here.relativize(whole) : whole.getFileName()).toString();
  }

  /** What has no lines begins at 0; the library says 1. */
  private static String begin(String line) {
    return line.startsWith("@@ -1,0 ")
        ? line.replace("-1,0 ", "-0,0 ")
        : line.startsWith("@@ -") ? line.replace("+1,0 @@", "+0,0 @@") : line;
  }

  private static List<String> unified(String name, @Nullable String old, @Nullable String now) {
    List<String> before = lines(old);
    return UnifiedDiffUtils.generateUnifiedDiff(
        old == null ? NOTHING : "a/" + name,
        now == null ? NOTHING : "b/" + name,
        before,
        DiffUtils.diff(before, lines(now)),
        CONTEXT);
  }

  /** A last line that has no end carries the mark that patches have for it. */
  private static List<String> lines(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String last = lines.remove(lines.size() - 1);
    if (!last.isEmpty()) {
      lines.add(last + "\n" + NO_NEWLINE);
    }
    return lines;
  }
}
