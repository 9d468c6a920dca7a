package net.insightpulseai.bridge.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/**
 * Jolokia accepts any command as a GET, in its path or in the parameter {@code p}. Commands that
 * change something must be a POST, which the CSRF check protects, because an image on any web page
 * is a GET.
 */
final class JolokiaByGet {

  /** From the beginning: an argument of a command may be called jolokia, too. */
  private static final String PREFIX = "/actuator/(?:hawtio/)?jolokia";

  private static final Pattern JOLOKIA = Pattern.compile("(?s)" + PREFIX + "(/.*)?");
  private static final Pattern READING =
      Pattern.compile("(?s)" + PREFIX + "(/?|/(version|read|list|search)(/.*)?)");

  private JolokiaByGet() {}

  static boolean changesSomething(HttpServletRequest request) {
    String path = request.getServletPath();
    if (request.getPathInfo() != null) {
      path += request.getPathInfo();
    }
    return !request.getMethod().equals("POST")
        && JOLOKIA.matcher(path).matches()
        && (request.getParameter("p") != null || !READING.matcher(path).matches());
  }
}
