package net.insightpulseai.bridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Function;

/** Several actions in one call, each with its own result, as the module answers them. */
final class SimulatedBatch {

  static final int MOST = 20;

  /** The time limit of the module; simulated actions never take that long. */
  static final int BUDGET_MS = 5000;

  /** The actions that may be in a batch. */
  static final Set<String> ACTIONS = Set.of("account.move.post", "res.partner.update");

  private SimulatedBatch() {}

  /**
   * Applies the actions in their order.
   *
   * @param actions the {@code actions} of the body
   * @param apply applies one action and returns its answer, or refuses it
   * @throws SimulatedRefusal if the value is not a batch
   */
  static ObjectNode apply(JsonNode actions, Function<JsonNode, ObjectNode> apply) {
    if (!actions.isArray() || actions.isEmpty() || actions.size() > MOST) {
      throw new SimulatedRefusal(400, "bad_request", "actions: expected 1 to " + MOST + " objects");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("ok", true);
    ArrayNode results = answer.putArray("results");
    actions.forEach(action -> results.add(result(action, apply)));
    return answer;
  }

  private static ObjectNode result(JsonNode action, Function<JsonNode, ObjectNode> apply) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("idempotency_key", action.path("idempotency_key"));
    try {
      if (!ACTIONS.contains(action.path("action").asText())) {
        throw new SimulatedRefusal(
            422,
            "not_batchable",
            action.path("action").asText() + " must be sent on its own; nothing was applied");
      }
      return result.put("status", 200).setAll(apply.apply(action));
    } catch (SimulatedRefusal refusal) {
      return result.put("status", refusal.status()).setAll(refusal.answer());
    }
  }
}
