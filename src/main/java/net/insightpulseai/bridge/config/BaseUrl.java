package net.insightpulseai.bridge.config;

import net.insightpulseai.bridge.address.HttpUrl;

/** A setting that holds the base URL of another system; paths are appended to it. */
public final class BaseUrl {

  private BaseUrl() {}

  /**
   * The URL in ASCII, without surrounding blanks and trailing slashes. An empty text stays empty.
   *
   * @param key the setting, for example {@code bridge.odoo.base-url (ODOO_BASE_URL)}
   * @param example what it should look like
   * @throws IllegalArgumentException with a message that says what is wrong but does not repeat the
   *     text, which may hold a password
   */
  public static String of(String key, String text, String example) {
    if (text.isBlank()) {
      return "";
    }
    HttpUrl url;
    try {
      url = HttpUrl.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage() + "; for example " + example);
    }
    if (url.rest().indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          key + ": found a URL with a ?, expected something like " + example);
    }
    return url.toString().replaceFirst("/+$", "");
  }
}
