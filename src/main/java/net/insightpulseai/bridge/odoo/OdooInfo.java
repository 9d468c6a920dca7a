package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the module ip_event_bus states about its Odoo.
 *
 * @param version of the module; {@code ?} if it states none
 * @param dbUuid identifies the database; a copy keeps it unless Odoo itself made the copy
 * @param paired false: the module does not consider this database the paired one, and applies
 *     nothing
 * @param actions the actions that it can apply
 * @param batchMax how many actions one call may carry; 1 if it takes no batches
 * @param batchBudget after which the rest of a call's actions are not run
 */
public record OdooInfo(
    String version,
    String dbUuid,
    boolean paired,
    List<Action> actions,
    int batchMax,
    Duration batchBudget) {

  /**
   * An action of the module's registry.
   *
   * @param batchable whether it may be sent together with others
   */
  public record Action(String name, boolean batchable) {}

  /** The oldest version of the module that this bridge is tested with. */
  public static final String OLDEST = "19.0.1.2.0";

  /** The first version of the module that answers the heartbeat. */
  public static final String HEARTBEAT = "19.0.1.3.0";

  /** Whether the module states a version, and it is older than that. */
  public boolean olderThan(String other) {
    int[] mine = numbers(version);
    int[] theirs = numbers(other);
    return mine.length == theirs.length && Arrays.compare(mine, theirs) < 0;
  }

  /** Empty if it is no version, as that of the simulated Odoo. */
  private static int[] numbers(String version) {
    return version.matches("[0-9]{1,6}(\\.[0-9]{1,6}){4}")
        ? Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray()
        : new int[0];
  }

  /** Reads the body of {@code GET /api/agent/info}; null if it does not name a database. */
  public static @Nullable OdooInfo of(JsonNode body) {
    String dbUuid = body.path("db_uuid").asText();
    if (dbUuid.isBlank()) {
      return null;
    }
    List<Action> actions = new ArrayList<>();
    for (JsonNode action : body.path("actions")) {
      actions.add(
          new Action(action.path("name").asText(), action.path("batchable").asBoolean(false)));
    }
    return new OdooInfo(
        body.path("version").asText("?"),
        dbUuid,
        body.path("paired").asBoolean(true),
        List.copyOf(actions),
        Math.max(1, body.path("batch").path("max").asInt(1)),
        Duration.ofMillis(Math.max(0, body.path("batch").path("budget_ms").asLong(0))));
  }
}
