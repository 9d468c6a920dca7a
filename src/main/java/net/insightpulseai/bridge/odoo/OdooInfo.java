package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.answer.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /api/agent/info} says, of the little that is used here.
 *
 * @param version of the module, as it writes it
 * @param batchable actions that may share a call
 * @param most actions in one call; 1 if it takes no batches
 * @param budget how long it works on a batch before it leaves the rest
 */
record OdooInfo(String version, Set<String> batchable, int most, Duration budget) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.]{1,200}");

  /** Null if it is no such answer. */
  static @Nullable OdooInfo read(Answer answer) {
    JsonNode info;
    try {
      info = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return null;
    }
    if (answer.status() != 200 || !info.path("version").isTextual()) {
      return null;
    }
    Set<String> batchable = new LinkedHashSet<>();
    for (JsonNode action : info.path("actions")) {
      String name = action.path("name").asText();
      // The ping has no receipt, and proves something only where it goes alone.
      if (action.path("batchable").isBoolean()
          && action.path("batchable").booleanValue()
          && NAME.matcher(name).matches()
          && !name.equals("bridge.ping")) {
        batchable.add(name);
      }
    }
    JsonNode batch = info.path("batch");
    return new OdooInfo(
        info.path("version").textValue(),
        Set.copyOf(batchable),
        Math.max(1, batch.path("max").asInt(1)),
        Duration.ofMillis(Math.max(0, batch.path("budget_ms").asLong(0))));
  }
}
