package net.insightpulseai.bridge.config;

/**
 * The bridge does not start, for a reason that an operator can fix. It is reported in one line,
 * without a stack trace.
 */
public class StartRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param line what is wrong, what is expected and what to do; never the value of a secret
   */
  public StartRefused(String line) {
    super(line);
  }

  /**
   * @param key the setting, for example {@code bridge.database.url (SUPABASE_DB_URL)}
   * @param found its value; never that of a secret
   * @param expected the value it should have
   */
  public StartRefused(String key, String found, String expected) {
    super("%s: found %s, expected %s".formatted(key, found, expected));
  }
}
