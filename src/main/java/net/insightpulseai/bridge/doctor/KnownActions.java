package net.insightpulseai.bridge.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether Odoo's module knows the actions that producers queue for it. */
final class KnownActions {

  private KnownActions() {}

  /** The names that wait for Odoo, or died on the way and wait for a person. */
  static List<String> wanted(JdbcTemplate jdbc) {
    return jdbc.queryForList(SqlFile.read("doctor/wanted_actions"), String.class);
  }

  /**
   * Reports the wanted ones that are not announced.
   *
   * @param info what {@code /api/agent/info} answered; a module that announces no actions is not
   *     judged
   */
  static void report(Findings findings, List<String> wanted, JsonNode info) {
    JsonNode actions = info.path("actions");
    if (!actions.isArray()) {
      return;
    }
    List<String> unknown = new ArrayList<>(wanted);
    actions.forEach(action -> unknown.remove(action.path("name").asText()));
    if (unknown.isEmpty()) {
      findings.ok("Odoo knows every action in odoo_action_outbox");
    } else {
      findings.warn(
          "Odoo does not know these actions in odoo_action_outbox: " + String.join(", ", unknown),
          "check the name; an action must be in the registry of an addon that is installed");
    }
  }
}
