package net.insightpulseai.bridge.admin;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** Matches the requests on the management port, whatever their path. */
class ManagementPort implements RequestMatcher {

  /** Refuses a configuration that would serve the console on the public port. */
  ManagementPort(Environment environment) {
    if (ManagementPortType.get(environment) == ManagementPortType.SAME) {
      throw new IllegalStateException(
          "management.server.port is the same as server.port ("
              + environment.getProperty("server.port", "8080")
              + "); expected another port, such as 8788, because Hawtio and Jolokia must not be public");
    }
  }

  @Override
  public boolean matches(HttpServletRequest request) {
    WebApplicationContext context =
        WebApplicationContextUtils.getWebApplicationContext(request.getServletContext());
    return context != null && WebServerApplicationContext.hasServerNamespace(context, "management");
  }
}
