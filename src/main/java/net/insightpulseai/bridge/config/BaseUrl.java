package net.insightpulseai.bridge.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A setting that holds the base URL of another system; paths are appended to it. */
public final class BaseUrl {

  private BaseUrl() {}

  /**
   * The URL without surrounding blanks and trailing slashes. An empty text stays empty.
   *
   * @param key the setting, for example {@code bridge.odoo.base-url (ODOO_BASE_URL)}
   * @param example what it should look like
   * @throws IllegalArgumentException with a message that says what is wrong but does not repeat the
   *     text, which may hold a password
   */
  public static String of(String key, String text, String example) {
    String stripped = text.strip().replaceFirst("/+$", "");
    if (!stripped.isEmpty()) {
      String wrong = wrong(stripped);
      if (wrong != null) {
        throw new IllegalArgumentException(
            key + ": found " + wrong + ", expected something like " + example);
      }
    }
    return stripped;
  }

  private static @Nullable String wrong(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      return "text that is not a URL";
    }
    String scheme = url.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      return "a URL that is neither http nor https";
    }
    if (url.getHost() == null || url.getUserInfo() != null) {
      return "a URL without a host, or with a password";
    }
    if (url.getQuery() != null || url.getFragment() != null) {
      return "a URL with a ? or a #";
    }
    return null;
  }
}
