package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import net.insightpulseai.bridge.EditedRoutes;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An operator's edit that drops the call for several actions. */
class EditedBatchTest extends BatchTest {

  @DynamicPropertySource
  static void editedRoutes(DynamicPropertyRegistry registry) {
    registry.add(
        "camel.main.routes-include-pattern",
        () -> EditedRoutes.without("actions/odoo-batch", "apply-batch"));
  }

  @Test
  void aRouteThatSkipsTheCallAppliesNoActionOfItAndPausesItsTarget() {
    insert(1, 2, 3, 4, 5, 6);

    await()
        .until(() -> text("select state from bridge.target where name = 'odoo'").equals("paused"));
    assertThat(text("select reason from bridge.target where name = 'odoo'"))
        .startsWith("route sets no outcome");
    awaitActions(6, "status = 'queued' and attempts = 1");
    assertThat(odoo().calls()).isEmpty();
  }
}
