package net.insightpulseai.bridge.odoo;

import net.insightpulseai.bridge.address.HttpUrl;
import net.insightpulseai.bridge.address.StandIn;
import net.insightpulseai.bridge.config.PlaceholderNames;
import net.insightpulseai.bridge.config.RoutePlaceholders;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Odoo's settings as route placeholders: <code>{{odoo:url}}</code>, <code>{{odoo:configured}}
 * </code>, <code>{{odoo:simulated}}</code>, and in milliseconds, as camel-http expects them, <code>
 * {{odoo:connect-timeout}}</code>, <code>{{odoo:response-timeout}}</code> and <code>
 * {{odoo:ping-timeout}}</code>.
 */
@Component
@PlaceholderNames(
    prefix = "odoo",
    samples = {
      "url=http://odoo.invalid",
      "configured=true",
      "simulated=true",
      "connect-timeout=5000",
      "response-timeout=75000",
      "ping-timeout=10000"
    })
class OdooPlaceholders extends RoutePlaceholders {

  /** Nothing answers there; steps that would call it report before that no Odoo is configured. */
  private static final String NOWHERE = "http://odoo-base-url-is-not-set.invalid";

  private final OdooSettings settings;
  private final Environment environment;

  OdooPlaceholders(OdooSettings settings, Environment environment) {
    super("odoo");
    this.settings = settings;
    this.environment = environment;
  }

  @Override
  public String apply(String name) {
    return switch (name) {
      case "url" -> url();
      case "configured" -> String.valueOf(settings.configured());
      case "simulated" -> String.valueOf(settings.simulated());
      case "connect-timeout" -> String.valueOf(OdooSettings.CONNECT_TIMEOUT.toMillis());
      case "response-timeout" -> String.valueOf(settings.responseTimeout().toMillis());
      case "ping-timeout" -> String.valueOf(settings.pingTimeout().toMillis());
      default ->
          throw new IllegalArgumentException(
              "{{odoo:"
                  + name
                  + "}}: expected url, configured, simulated, connect-timeout,"
                  + " response-timeout or ping-timeout");
    };
  }

  private String url() {
    if (!settings.configured()) {
      return NOWHERE;
    }
    if (!settings.simulated()) {
      return StandIn.of(HttpUrl.of(settings.baseUrl()));
    }
    String port =
        environment.getProperty(
            "local.server.port", environment.getProperty("server.port", "8787"));
    return "http://127.0.0.1:" + port + "/simulated-odoo";
  }
}
