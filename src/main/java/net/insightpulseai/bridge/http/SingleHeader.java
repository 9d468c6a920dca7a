package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Headers that mean something only when they come once. */
public final class SingleHeader {

  private SingleHeader() {}

  /**
   * The header's value, or null if it is missing.
   *
   * @throws Refusal 401 {@code header_repeated} if there are several: two readers could take two of
   *     them to be meant
   */
  public static @Nullable String of(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    if (!values.hasMoreElements()) {
      return null;
    }
    String value = values.nextElement();
    if (values.hasMoreElements()) {
      throw new Refusal(401, "header_repeated", "The header " + name + " comes more than once");
    }
    return value;
  }
}
