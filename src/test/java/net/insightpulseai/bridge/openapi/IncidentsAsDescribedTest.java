package net.insightpulseai.bridge.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;

class IncidentsAsDescribedTest extends BridgeTest {

  @Test
  void incidentsReplicasAndTheOverviewAnswerAsDescribed() {
    OpenApi api = new OpenApi(get("/bridge/openapi.yaml").body());
    jdbc().update("update bridge.target set state = 'paused', changed_by = 'ann', reason = 'x'");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ask("/bridge/incidents").body().contains("target_paused"));
    for (String path : new String[] {"/bridge/incidents", "/bridge/overview", "/bridge/replicas"}) {
      api.accepts("get", path, ask(path));
      api.accepts("get", path, get(path));
    }
  }

  private HttpResponse<String> ask(String path) {
    return call("GET", path, "".getBytes(UTF_8), "apikey", serviceKey());
  }
}
