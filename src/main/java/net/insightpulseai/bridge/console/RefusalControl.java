package net.insightpulseai.bridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** Refused requests, in Hawtio under {@code bridge:type=Refusals}. */
@Component
@ManagedResource(
    objectName = "bridge:type=Refusals",
    description = "Requests on the public port that were refused, without their contents")
public class RefusalControl {

  private static final String REFUSALS = "/bridge/refusals";

  private final Api api;

  RefusalControl(Api api) {
    this.api = api;
  }

  @ManagedAttribute(description = "How many of the last 1000 refused requests had which reason")
  public Map<String, Integer> getLastByReason() {
    Map<String, Integer> reasons = new TreeMap<>();
    for (JsonNode refused : api.get(REFUSALS).path("refusals")) {
      reasons.merge(refused.path("reason").asText(), 1, Integer::sum);
    }
    return reasons;
  }

  @ManagedOperation(description = "The last 1000 of this instance, and the counts of each hour")
  public String showLast() {
    return api.show(REFUSALS);
  }
}
