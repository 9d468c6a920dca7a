package net.insightpulseai.bridge.realtime;

import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.address.HttpUrl;
import net.insightpulseai.bridge.address.StandIn;
import net.insightpulseai.bridge.config.PlaceholderNames;
import net.insightpulseai.bridge.config.RoutePlaceholders;
import org.springframework.stereotype.Component;

/** Realtime's address as a route placeholder: <code>{{realtime:url}}</code>. */
@Component
@PlaceholderNames(
    prefix = "realtime",
    samples = {"url=http://realtime.invalid/realtime/v1"})
class RealtimePlaceholders extends RoutePlaceholders {

  /** Nothing answers there, and the route that uses it does not call it. */
  private static final String NOWHERE = "http://supabase-url-is-not-set.invalid";

  private final SupabaseSettings supabase;

  RealtimePlaceholders(SupabaseSettings supabase) {
    super("realtime");
    this.supabase = supabase;
  }

  @Override
  public String apply(String name) {
    if (!name.equals("url")) {
      throw new IllegalArgumentException("{{realtime:" + name + "}}: expected url");
    }
    return (supabase.url().isEmpty() ? NOWHERE : StandIn.of(HttpUrl.of(supabase.url())))
        + "/realtime/v1";
  }
}
