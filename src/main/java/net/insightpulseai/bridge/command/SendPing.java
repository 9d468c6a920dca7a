package net.insightpulseai.bridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.core.env.Environment;

/** Sends one action that has no effect all the way: through the queue to Odoo and back. */
class SendPing implements Command {

  private final SupabaseSettings supabase;
  private final RunningBridge bridge;

  SendPing(SupabaseSettings supabase, Environment environment) {
    this.supabase = supabase;
    this.bridge = new RunningBridge(environment);
  }

  @Override
  public int run(List<String> arguments, PrintStream out) throws Exception {
    if (supabase.serviceRoleKey().isBlank()) {
      throw new StartRefused(
          "bridge.supabase.service-role-key (SUPABASE_SERVICE_ROLE_KEY)",
          "nothing",
          "the project's service role key");
    }
    HttpResponse<String> answer =
        bridge.post(
            "/functions/v1/push_to_odoo",
            "{\"action\":\"bridge.ping\",\"args\":{}}".getBytes(UTF_8),
            Map.of("Authorization", "Bearer " + supabase.serviceRoleKey()));
    out.println(answer.statusCode() + " " + answer.body());
    return answer.statusCode() == 200 ? 0 : 1;
  }
}
