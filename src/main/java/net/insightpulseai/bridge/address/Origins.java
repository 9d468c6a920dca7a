package net.insightpulseai.bridge.address;

import java.util.regex.Pattern;

/**
 * Of the addresses in a text only scheme and host: many webhooks have a secret in the path or the
 * query, and errors name addresses, too.
 */
public final class Origins {

  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(https?://)(?:[^\\s/?#\"'<>]*@)?([^\\s/?#\"'<>@]*)[^\\s\"'<>]*");

  private Origins() {}

  /** The text with every address in it shortened; ports stay. */
  public static String only(String text) {
    return text.contains("://") ? ADDRESS.matcher(text).replaceAll("$1$2") : text;
  }
}
