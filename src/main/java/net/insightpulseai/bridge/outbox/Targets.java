package net.insightpulseai.bridge.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to claim.
 *
 * @param due running targets that have something to claim
 * @param stopped those of the targets asked about that are stopped
 */
record Targets(List<Due> due, List<String> stopped) {

  /**
   * A running target that has something to claim.
   *
   * @param lanes whether lanes have to be looked at; otherwise all that is due has no lane
   */
  record Due(String target, boolean lanes) {}

  /** Reads what {@code sql/queue/targets.sql} returns. */
  static Targets read(ResultSet rs) throws SQLException {
    Targets targets = new Targets(new ArrayList<>(), new ArrayList<>());
    while (rs.next()) {
      String target = rs.getString("target");
      if (rs.getBoolean("stopped")) {
        targets.stopped().add(target);
      } else {
        targets.due().add(new Due(target, rs.getBoolean("lanes")));
      }
    }
    return targets;
  }
}
