package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a pull subscriber. The bridge waits for them, and what was printed is acknowledged
 * when this asks onward; so the last ones may come again next time.
 */
final class PulledEvents implements TailSource {

  private final String path;
  private @Nullable String position;

  PulledEvents(String subscriber) {
    this.path =
        "/bridge/subscribers/%s/events?limit=500&wait=30s"
            .formatted(URLEncoder.encode(subscriber, StandardCharsets.UTF_8));
  }

  @Override
  public List<JsonNode> next(BridgeClient bridge, boolean fromNow)
      throws CallFailed, WrongArguments {
    JsonNode answer =
        bridge.getJson(
            position == null ? path : path + "&after=" + position, bridge.settings().pullKey());
    position = answer.path("position").asText();
    List<JsonNode> found = new ArrayList<>();
    answer.path("events").forEach(found::add);
    return found;
  }

  @Override
  public boolean full() {
    return true;
  }
}
