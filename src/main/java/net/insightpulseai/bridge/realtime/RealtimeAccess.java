package net.insightpulseai.bridge.realtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.access.SupabaseSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Access to the project's Realtime. A key of the new kind ({@code sb_…}) is no token and is sent in
 * {@code apikey} alone; the old service role key is one and is sent in {@code Authorization} as
 * well.
 */
@Component
class RealtimeAccess {

  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern JWT = Pattern.compile("eyJ[\\w-]*\\.[\\w-]+\\.[\\w-]+");

  private final SupabaseSettings supabase;

  RealtimeAccess(SupabaseSettings supabase) {
    this.supabase = supabase;
  }

  /**
   * What is missing to call Realtime.
   *
   * @return the setting and what it must hold, or null if nothing is missing
   */
  @Nullable String missing() {
    if (supabase.url().isEmpty()) {
      return "bridge.supabase.url (SUPABASE_URL) is empty: Realtime is called at the project's URL";
    }
    if (supabase.ownKey().isEmpty()) {
      return "bridge.supabase.service-role-key (SUPABASE_SERVICE_ROLE_KEY) is empty: Realtime is"
          + " called with it, or with the first of SUPABASE_SECRET_KEYS";
    }
    if (!PRINTABLE.matcher(supabase.ownKey()).matches()) {
      return "bridge.supabase.service-role-key (SUPABASE_SERVICE_ROLE_KEY) has a space or a"
          + " character that is not ASCII: it cannot be sent as a header";
    }
    return null;
  }

  /** The headers that grant access. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("apikey", supabase.ownKey());
    if (JWT.matcher(supabase.ownKey()).matches()) {
      headers.put("Authorization", "Bearer " + supabase.ownKey());
    }
    return headers;
  }
}
