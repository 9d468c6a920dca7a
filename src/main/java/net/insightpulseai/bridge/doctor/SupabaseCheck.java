package net.insightpulseai.bridge.doctor;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.access.SupabaseSettings;

/** Checks whether the project's API accepts our key and does not expose the schema bridge. */
class SupabaseCheck {

  private final SupabaseSettings settings;
  private final Http http = new Http();

  SupabaseCheck(SupabaseSettings settings) {
    this.settings = settings;
  }

  void run(DoctorReport report) {
    if (settings.url().isBlank()) {
      report.warn(
          "SUPABASE_URL is empty: Supabase's API is not checked", "set it to the project's URL");
      return;
    }
    try {
      key(report);
      exposure(report);
    } catch (IOException | IllegalArgumentException e) {
      String why = e instanceof IOException failure ? Http.why(failure) : "not a URL";
      report.fail(
          "Supabase at SUPABASE_URL does not answer (" + why + ")",
          "check SUPABASE_URL; a paused project is resumed in the dashboard");
    }
  }

  private void key(DoctorReport report) throws IOException {
    Http.Reply answer = ask("audit_event", "public");
    switch (answer.status()) {
      case 200, 206 -> report.ok("Supabase answers and accepts our key");
      case 401 ->
          report.fail(
              "Supabase refuses our key (401)",
              "set SUPABASE_SERVICE_ROLE_KEY to a key of this project; legacy keys may be disabled in the dashboard");
      case 403, 404 ->
          report.fail(
              "Supabase's API does not see audit_event (" + answer.status() + ")",
              "run make bridge-sql: it grants what service_role needs; then reload the API's schema cache");
      default ->
          report.warn("Supabase answers " + answer.status(), "check the project's status and logs");
    }
  }

  private void exposure(DoctorReport report) throws IOException {
    if (ask("event_key", "bridge").status() == 200) {
      report.fail(
          "Supabase's API serves the schema bridge",
          "remove bridge from the exposed schemas (Settings, API)");
    } else {
      report.ok("Supabase's API does not serve the schema bridge");
    }
  }

  private Http.Reply ask(String table, String schema) throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("apikey", settings.serviceRoleKey());
    headers.put("Accept-Profile", schema);
    // sb_secret_… keys are not JWTs; Supabase refuses them as a bearer token.
    if (settings.serviceRoleKey().startsWith("ey")) {
      headers.put("Authorization", "Bearer " + settings.serviceRoleKey());
    }
    return http.get(settings.url() + "/rest/v1/" + table + "?limit=0", headers);
  }
}
