package net.insightpulseai.bridge.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bridge does not start, for reasons that an operator can remove. Each is reported in one line,
 * without a stack trace.
 */
public class StartRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String key;

  /**
   * @param line what is wrong, what is expected and what to do; never the value of a secret
   */
  public StartRefused(String line) {
    super(line);
    this.key = null;
  }

  /**
   * @param key the setting, for example {@code bridge.database.url (SUPABASE_DB_URL)}
   * @param found its value; never that of a secret
   * @param expected the value it should have
   */
  public StartRefused(String key, String found, String expected) {
    super("%s: found %s, expected %s".formatted(key, found, expected));
    this.key = key;
  }

  /**
   * Several reasons at once.
   *
   * @param what what the lines are, for example {@code 3 settings are wrong}; not shown if there is
   *     one line
   * @param lines at least one
   */
  public static StartRefused all(String what, List<String> lines) {
    return new StartRefused(
        lines.size() == 1 ? lines.get(0) : what + ":\n  " + String.join("\n  ", lines));
  }

  /** The setting to change; null if the message says more than one could. */
  public @Nullable String key() {
    return key;
  }
}
