package net.insightpulseai.bridge.realtime;

import net.insightpulseai.bridge.access.SupabaseSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What routes know of Realtime, as placeholders: <code>{{realtime:url}}</code> and <code>
 * {{realtime:simulated}}</code>.
 */
@Component
class RealtimePlaceholders implements PropertiesFunction, CamelContextConfiguration {

  /** Nothing answers there, and the route that names it does not call it. */
  private static final String NOWHERE = "http://supabase-url-is-not-set.invalid";

  private final SupabaseSettings supabase;
  private final RealtimeSettings settings;
  private final Environment environment;

  RealtimePlaceholders(
      SupabaseSettings supabase, RealtimeSettings settings, Environment environment) {
    this.supabase = supabase;
    this.settings = settings;
    this.environment = environment;
  }

  @Override
  public void beforeApplicationStart(CamelContext context) {
    context.getPropertiesComponent().addPropertiesFunction(this);
  }

  @Override
  public void afterApplicationStart(CamelContext context) {
    // nothing is left to do
  }

  @Override
  public String getName() {
    return "realtime";
  }

  @Override
  public String apply(String name) {
    return switch (name) {
      case "url" -> project() + "/realtime/v1";
      case "simulated" -> String.valueOf(settings.simulated());
      default ->
          throw new IllegalArgumentException(
              "{{realtime:" + name + "}}: expected url or simulated");
    };
  }

  private String project() {
    if (settings.simulated()) {
      String port =
          environment.getProperty(
              "local.server.port", environment.getProperty("server.port", "8787"));
      return "http://127.0.0.1:" + port + "/simulated-supabase";
    }
    return supabase.url().isEmpty() ? NOWHERE : supabase.url();
  }
}
