package net.insightpulseai.bridge.config;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Which known word somebody meant who wrote another one. */
public final class Nearest {

  private static final int MOST = 3;

  private Nearest() {}

  /**
   * The known word that takes the fewest edits, if that is few enough for a slip.
   *
   * @return null if none is near
   */
  public static @Nullable String of(String written, Collection<String> known) {
    int limit = Math.min(MOST, Math.max(1, written.length() / 3));
    return known.stream()
        .filter(word -> Math.abs(word.length() - written.length()) <= limit)
        .filter(word -> distance(written, word) <= limit)
        .min(
            Comparator.<String>comparingInt(word -> distance(written, word))
                .thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  /** The same as the end of a message: <code> (did you mean "x"?)</code>, or nothing. */
  public static String hint(String written, Collection<String> known) {
    String near = of(written, known);
    return near == null ? "" : " (did you mean \"" + near + "\"?)";
  }

  /**
   * How many characters must be added, removed, replaced or swapped with their neighbor to make one
   * word of the other, ignoring case.
   */
  public static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    int[] last = new int[other.length() + 1];
    int[] now = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      now[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        boolean same = same(one, i, other, j);
        now[j] = Math.min(Math.min(last[j] + 1, now[j - 1] + 1), last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && same(one, i, other, j - 1) && same(one, i - 1, other, j)) {
          now[j] = Math.min(now[j], before[j - 2] + 1);
        }
      }
      int[] free = before;
      before = last;
      last = now;
      now = free;
    }
    return last[other.length()];
  }

  private static boolean same(String one, int i, String other, int j) {
    return Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
  }
}
