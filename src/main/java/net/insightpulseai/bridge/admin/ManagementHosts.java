package net.insightpulseai.bridge.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a browser sends for another site: those whose {@code Host} is not a name of
 * this port, so that a foreign name which is pointed at it (DNS rebinding) finds nothing, and those
 * whose {@code Origin} is not the host that they go to.
 *
 * <p>Addresses and names without a dot are always allowed: nobody can register them elsewhere.
 */
final class ManagementHosts extends HttpFilter {

  private static final long serialVersionUID = 1;
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  private static final Pattern BARE_NAME = Pattern.compile("[a-z0-9_-]+");
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  private final Set<String> names;

  ManagementHosts(Set<String> names) {
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String host = request.getHeader("Host");
    if (host == null || !allowed(host)) {
      response.sendError(
          HttpServletResponse.SC_FORBIDDEN,
          "This host name is not one of the management port's: add it to bridge.admin.hosts");
      return;
    }
    String origin = request.getHeader("Origin");
    if (origin != null && !host.equalsIgnoreCase(authority(origin))) {
      response.sendError(
          HttpServletResponse.SC_FORBIDDEN, "Pages of other sites may not call this");
      return;
    }
    chain.doFilter(request, response);
  }

  private boolean allowed(String host) {
    String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
    return ADDRESS.matcher(name).matches()
        || BARE_NAME.matcher(name).matches()
        || names.contains(name);
  }

  private static @Nullable String authority(String origin) {
    try {
      return new URI(origin).getRawAuthority();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
