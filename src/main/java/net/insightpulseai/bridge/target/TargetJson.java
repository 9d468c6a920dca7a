package net.insightpulseai.bridge.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.insightpulseai.bridge.outbox.CircuitBreakers;
import net.insightpulseai.bridge.outbox.CircuitBreakers.OpenCircuit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** A target as the API shows it. */
@Component
class TargetJson {

  private final CircuitBreakers breakers;
  private final ObjectMapper json;

  TargetJson(CircuitBreakers breakers, @Qualifier("exactJson") ObjectMapper json) {
    this.breakers = breakers;
    this.json = json;
  }

  /**
   * The JSON of a row of {@code bridge.target_line}, with what keeps this instance from sending
   * although the target is not stopped.
   */
  ObjectNode of(Object row) throws JsonProcessingException {
    ObjectNode target = (ObjectNode) json.readTree(String.valueOf(((Map<?, ?>) row).get("line")));
    target.set("waiting", waiting(breakers.openCircuits().get(target.path("target").asText())));
    return target;
  }

  private @Nullable ObjectNode waiting(@Nullable OpenCircuit circuit) {
    return circuit == null
        ? null
        : json.createObjectNode()
            .put("reason", circuit.fault().reason())
            .put("error", circuit.fault().error())
            .put("since", circuit.since().toString())
            .put("next_probe_at", circuit.nextProbe().toString());
  }
}
