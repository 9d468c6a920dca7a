package net.insightpulseai.bridge.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;

/** Checks whether the module in Odoo knows the queued actions. */
final class KnownActions {

  private KnownActions() {}

  /** The names of the actions that wait for Odoo or are open dead letters. */
  static List<String> wanted(JdbcTemplate jdbc) {
    return jdbc.queryForList(SqlFile.read("doctor/wanted_actions"), String.class);
  }

  /**
   * Reports the wanted actions that Odoo does not offer.
   *
   * @param info the answer of {@code /api/agent/info}; nothing is reported if it lists no actions
   */
  static void check(DoctorReport report, List<String> wanted, JsonNode info) {
    JsonNode actions = info.path("actions");
    if (!actions.isArray()) {
      return;
    }
    List<String> unknown = new ArrayList<>(wanted);
    actions.forEach(action -> unknown.remove(action.path("name").asText()));
    if (unknown.isEmpty()) {
      report.ok("Odoo knows every action in odoo_action_outbox");
    } else {
      report.warn(
          "Odoo does not know these actions in odoo_action_outbox: " + String.join(", ", unknown),
          "check the names; each must be in the registry of an installed addon");
    }
  }
}
