package net.insightpulseai.bridge.openapi;

import java.util.regex.Pattern;

/** Text as HTML that is also well-formed XML. */
final class Html {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private Html() {}

  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Text in which backticks enclose code. */
  static String prose(String text) {
    return CODE.matcher(text(text.strip())).replaceAll("<code>$1</code>");
  }

  static String code(String text) {
    return "<code>" + text(text) + "</code>";
  }

  static String block(String text) {
    return "<pre>" + text(text.strip()) + "</pre>";
  }

  /** A link to a part of the same page. */
  static String link(String kind, String name) {
    return "<a href=\"#%s-%s\">%s</a>".formatted(kind, name, text(name));
  }

  /** An element of its own, or nothing if it would be empty. */
  static String element(String tag, String inner) {
    return inner.isEmpty() ? "" : "<" + tag + ">" + inner + "</" + tag + ">\n";
  }
}
