package net.insightpulseai.bridge.realtime;

import net.insightpulseai.bridge.access.SupabaseSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/** What routes know of Realtime, as a placeholder: <code>{{realtime:url}}</code>. */
@Component
class RealtimePlaceholders implements PropertiesFunction, CamelContextConfiguration {

  /** Nothing answers there, and the route that names it does not call it. */
  private static final String NOWHERE = "http://supabase-url-is-not-set.invalid";

  private final SupabaseSettings supabase;

  RealtimePlaceholders(SupabaseSettings supabase) {
    this.supabase = supabase;
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
    if (!name.equals("url")) {
      throw new IllegalArgumentException("{{realtime:" + name + "}}: expected url");
    }
    return (supabase.url().isEmpty() ? NOWHERE : supabase.url()) + "/realtime/v1";
  }
}
