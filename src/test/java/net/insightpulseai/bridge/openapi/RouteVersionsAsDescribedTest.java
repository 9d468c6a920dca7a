package net.insightpulseai.bridge.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Locale;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;

class RouteVersionsAsDescribedTest extends BridgeTest {

  private static final String ALL = "/bridge/route-versions";
  private static final String WHO = "{\"who\":\"ada\",\"why\":\"a test\"}";

  private final String unpin = ALL + "/unpin";

  @Test
  void versionsOfTheRoutesAnswerAsDescribed() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !text("select count(*) from bridge.route_version").equals("0"));
    String id = text("select max(id) from bridge.route_version");
    String one = ALL + "/{id}";
    check("get", ALL, ALL, "");
    check("get", one, ALL + "/" + id, "");
    check("get", one, ALL + "/" + id + "?against=" + id, "");
    check("get", one, ALL + "/" + id + "?against=x", "");
    check("get", one, ALL + "/4711", "");
    String rollback = one + "/rollback";
    check("post", unpin, unpin, WHO);
    check("post", rollback, ALL + "/" + id + "/rollback", "{}");
    check("post", rollback, ALL + "/4711/rollback", WHO);
    check("post", rollback, ALL + "/" + id + "/rollback", WHO);
    check("get", ALL, ALL, "");
    check("post", unpin, unpin, "nonsense");
    check("post", unpin, unpin, WHO);
  }

  private void check(String method, String path, String at, String body) {
    new OpenApi(get("/bridge/openapi.yaml").body())
        .accepts(
            method,
            path,
            call(
                method.toUpperCase(Locale.ROOT), at, body.getBytes(UTF_8), "apikey", serviceKey()));
  }
}
