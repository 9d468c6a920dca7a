package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.EditedRoutes;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The route of docs/routes.md, beside the shipped ones. */
class OwnRouteTest extends BridgeTest {

  private static final String PATH = "/custom/events";
  private static final String EVENT =
      "{\"event_type\":\"shop.order.placed\",\"resource_id\":17,\"event_id\":\"shop-17\",\"payload\":{\"total\":99.95}}";

  @DynamicPropertySource
  static void ownRoute(DynamicPropertyRegistry registry) {
    registry.add(
        "camel.main.routes-include-pattern",
        () -> EditedRoutes.and("custom/outside-events", recipe()));
  }

  private static String recipe() {
    String page = Documents.read(Path.of("docs/routes.md"));
    String from = page.substring(page.indexOf("- route:\n    id: outside-events"));
    return from.substring(0, from.indexOf("```"));
  }

  @Test
  void itTakesTheBodyOfWhoeverHasTheKeyAndOnlyThat() {
    HttpResponse<String> stranger = post(PATH, EVENT);
    assertThat(stranger.statusCode()).isEqualTo(401);

    HttpResponse<String> stored = post(PATH, EVENT, "apikey", serviceKey());
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(stored.headers().firstValue("content-type")).contains("application/json");
    assertThat(post(PATH, EVENT, "apikey", serviceKey()).body()).contains("\"duplicate\":true");
    assertThat(post(PATH, "", "apikey", serviceKey()).statusCode()).isEqualTo(400);
    assertThat(text("select source || event_type || payload::text from public.audit_event"))
        .isEqualTo("supabaseshop.order.placed{\"total\": 99.95}");
  }
}
