package net.insightpulseai.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.BridgeApplication;
import net.insightpulseai.bridge.TestDatabase;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Outside the demo, a simulated Odoo serves a real database only if it was asked for. */
@ExtendWith(OutputCaptureExtension.class)
class StandInTest {

  @Test
  void withoutAnOdooNothingPretendsToBeOneAndTheWaitingActionsAreCounted(CapturedOutput output) {
    try (TestDatabase database = TestDatabase.fresh()) {
      database
          .jdbc()
          .update(
              "insert into public.odoo_action_outbox (action, args) select 'a.b', '{}' from generate_series(1, 3)");
      try (var bridge = start(database)) {
        assertThat(routes(bridge)).noneMatch(id -> id.startsWith("simulated-"));
        assertThat(routes(bridge)).doesNotContain("odoo-actions");
        assertThat(output)
            .contains(
                "No Odoo is configured (ODOO_BASE_URL), so the action queue does not start; 3 actions are waiting");
      }
      assertThat(
              database
                  .jdbc()
                  .queryForObject(
                      "select count(*) from public.odoo_action_outbox where status = 'queued' and attempts = 0",
                      Long.class))
          .isEqualTo(3);
    }
  }

  @Test
  void aStandInOnARealDatabaseSaysSoLoudly(CapturedOutput output) {
    try (TestDatabase database = TestDatabase.fresh()) {
      try (var bridge = start(database, "--BRIDGE_SIMULATED_ODOO=true")) {
        assertThat(routes(bridge)).anyMatch(id -> id.startsWith("simulated-odoo"));
        // Only Odoo was asked for.
        assertThat(routes(bridge))
            .noneMatch(id -> id.equals("simulated-realtime") || id.equals("simulated-subscriber"));
        assertThat(output).contains("BRIDGE_SIMULATED_ODOO=true ON A REAL DATABASE");
      }
    }
  }

  @Test
  void theBridgeDoesNotAskItselfBeforeItAnswers(CapturedOutput output) {
    try (TestDatabase database = TestDatabase.fresh()) {
      database
          .jdbc()
          .update("insert into public.odoo_action_outbox (action) values ('bridge.ping')");
      try (var bridge = start(database, "--BRIDGE_SIMULATED_ODOO=true")) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    database
                        .jdbc()
                        .queryForObject(
                            "select status = 'applied' and attempts = 1 from public.odoo_action_outbox",
                            Boolean.class));
        assertThat(output).doesNotContain("odoo does not work");
      }
    }
  }

  private static List<String> routes(ConfigurableApplicationContext bridge) {
    return bridge.getBean(CamelContext.class).getRoutes().stream().map(Route::getId).toList();
  }

  private static ConfigurableApplicationContext start(TestDatabase database, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                // Bridges of other tests may be running in this JVM; MBean names are the JVM's.
                "--spring.jmx.enabled=false",
                "--server.address=127.0.0.1",
                "--management.server.port=0",
                "--EDGE_HMAC_SECRET=test-secret-0123456789",
                "--SUPABASE_SERVICE_ROLE_KEY=test-key-0123456789",
                "--ODOO_API_TOKEN=test-token-0123456789",
                "--SUPABASE_DB_URL=" + database.url()));
    arguments.addAll(List.of(more));
    return new SpringApplicationBuilder(BridgeApplication.class)
        .run(arguments.toArray(String[]::new));
  }
}
