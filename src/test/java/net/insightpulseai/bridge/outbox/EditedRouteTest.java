package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.EditedRoutes;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An operator's edit that drops the call to Odoo. */
class EditedRouteTest extends BridgeTest {

  @DynamicPropertySource
  static void editedRoutes(DynamicPropertyRegistry registry) {
    registry.add(
        "camel.main.routes-include-pattern",
        () -> EditedRoutes.without("actions/odoo-actions", "apply-action"));
  }

  @Test
  void aRouteThatSkipsTheCallAppliesNothingAndPausesItsTarget() {
    for (int i = 0; i < 12; i++) {
      jdbc().update("insert into public.odoo_action_outbox (action, args) values ('x.y', '{}')");
    }
    await()
        .until(
            () ->
                "paused"
                    .equals(
                        jdbc()
                            .queryForObject(
                                "select state from bridge.target where name = 'odoo'",
                                String.class)));
    assertThat(
            jdbc()
                .queryForObject(
                    "select reason from bridge.target where name = 'odoo'", String.class))
        .startsWith("route sets no outcome");
    await()
        .until(
            () ->
                jdbc()
                        .queryForObject(
                            "select count(*) from public.odoo_action_outbox where status = 'sent'",
                            Integer.class)
                    == 0);
    assertThat(
            jdbc()
                .queryForObject(
                    "select count(*) from public.odoo_action_outbox where status = 'queued'",
                    Integer.class))
        .isEqualTo(12);
    assertThat(odoo().calls("x.y")).isEmpty();
  }
}
