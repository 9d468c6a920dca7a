package net.insightpulseai.bridge.doctor;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.access.SupabaseSettings;

/** Whether the project's API takes our key, and keeps the schema bridge to itself. */
class SupabaseCheck {

  private final SupabaseSettings settings;
  private final Http http = new Http();

  SupabaseCheck(SupabaseSettings settings) {
    this.settings = settings;
  }

  void run(Findings findings) throws InterruptedException {
    if (settings.url().isBlank()) {
      findings.warn(
          "SUPABASE_URL is empty: Supabase's API is not checked", "set it to the project's URL");
      return;
    }
    try {
      key(findings);
      exposure(findings);
    } catch (IOException | IllegalArgumentException e) {
      String why = e instanceof IOException failure ? Http.why(failure) : "not a URL";
      findings.fail(
          "Supabase at SUPABASE_URL does not answer (" + why + ")",
          "check SUPABASE_URL; a paused project is resumed in the dashboard");
    }
  }

  private void key(Findings findings) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask("audit_event", "public");
    switch (answer.statusCode()) {
      case 200, 206 -> findings.ok("Supabase answers and takes our key");
      case 401 ->
          findings.fail(
              "Supabase refuses our key (401)",
              "SUPABASE_SERVICE_ROLE_KEY must be this project's; legacy keys can be switched off in the dashboard");
      case 403, 404 ->
          findings.fail(
              "Supabase's API does not see audit_event (" + answer.statusCode() + ")",
              "run make bridge-sql: it grants what service_role needs; then reload the API's schema cache");
      default ->
          findings.warn(
              "Supabase answers " + answer.statusCode(), "look at the project's status and logs");
    }
  }

  private void exposure(Findings findings) throws IOException, InterruptedException {
    if (ask("event_key", "bridge").statusCode() == 200) {
      findings.fail(
          "Supabase's API serves the schema bridge",
          "take bridge out of the exposed schemas (Settings, API)");
    } else {
      findings.ok("Supabase's API does not serve the schema bridge");
    }
  }

  private HttpResponse<String> ask(String table, String schema)
      throws IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>();
    headers.put("apikey", settings.serviceRoleKey());
    headers.put("Accept-Profile", schema);
    // sb_secret_… keys are no JWTs: Supabase refuses them as a bearer token.
    if (settings.serviceRoleKey().startsWith("ey")) {
      headers.put("Authorization", "Bearer " + settings.serviceRoleKey());
    }
    return http.get(settings.url() + "/rest/v1/" + table + "?limit=0", headers);
  }
}
