package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.BridgeApplication;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.EditedRoutes;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.start.DatabaseRelay;
import net.insightpulseai.bridge.start.DatabaseRelay.Then;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The bridge is started with routes that cannot run. */
@ExtendWith(OutputCaptureExtension.class)
class LastGoodTest {

  private static final String FAULT =
      EditedRoutes.folder("last-good") + "/custom/hello.camel.yaml:25: unknown step \"setBoddy\"";

  private final TestDatabase database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theVersionThatRanLastRunsInsteadAndEverythingSaysWhy(CapturedOutput output) {
    try (ConfigurableApplicationContext bridge = start("last-good", "one")) {
      assertThat(word(bridge)).isEqualTo("one");
      await().atMost(Duration.ofMinutes(2)).until(() -> count("bridge.route_version") == 1);
    }
    assertThatThrownBy(() -> start("fail", "broken")).isNotNull();
    assertThat(output.getErr()).contains("The bridge does not start. " + FAULT);

    try (ConfigurableApplicationContext bridge = start("last-good", "broken")) {
      assertThat(word(bridge)).isEqualTo("one");
      assertThat(bridge.getBean(RoutesHealth.class).health().getDetails().toString())
          .contains(FAULT);
      assertThat(bridge.getBean(RoutesControl.class).getRefused()).contains(FAULT);
      assertThat(output.getOut())
          .contains("unknown step \\\"setBoddy\\\"")
          .contains("are refused for the faults above; routes ");
      assertThat(
              count(
                  "public.audit_event where event_type = 'bridge.routes.refused' and payload->>'findings' like '%setBoddy%'"))
          .isOne();
      assertThat(count("bridge.route_version")).isOne();

      EditedRoutes.and("last-good", "custom/hello", LiveRoutesTest.hello("two"));
      await().atMost(Duration.ofMinutes(1)).until(() -> word(bridge).equals("two"));
    }
  }

  @Test
  void whatCamelCouldNotBuildIsNotTheVersionThatRanLast() {
    try (ConfigurableApplicationContext bridge = start("last-good", "one")) {
      await().atMost(Duration.ofMinutes(2)).until(() -> count("bridge.route_version") == 1);
    }
    try (BridgeProcess bridge = new BridgeProcess(database, environment("unbuildable"))) {
      assertThat(bridge.endsWithin(Duration.ofMinutes(3))).isTrue();
      assertThat(bridge.status()).isOne();
    }
    assertThat(count("bridge.route_version")).isOne();

    try (ConfigurableApplicationContext bridge = start("last-good", "unbuildable")) {
      assertThat(word(bridge)).isEqualTo("one");
    }
  }

  @Test
  void withoutAVersionThatMayRunItDoesNotStart(CapturedOutput output) {
    assertThatThrownBy(() -> start("last-good", "broken")).isNotNull();
    assertThat(output.getErr()).contains("The bridge does not start. " + FAULT);

    database
        .jdbc()
        .update(
            "insert into bridge.route_version (previous, hash, seal, applied_at, instance, change) values (0, 'x', 'forged', now(), 'x', '')");
    database
        .jdbc()
        .update("insert into bridge.route_file (hash, content) values ('h', '- route: x')");
    database
        .jdbc()
        .update("insert into bridge.route_version_file values (1, 'custom/x.camel.yaml', 'h')");
    assertThatThrownBy(() -> start("last-good", "broken")).isNotNull();
    assertThat(output.getOut()).contains("not recorded by a bridge with one of the secrets");
  }

  @Test
  void aDatabaseThatIsAwayIsWaitedForAndTheLogSaysWhatFor(CapturedOutput output) throws Exception {
    try (TestDatabase late = TestDatabase.ownServer()) {
      try (ConfigurableApplicationContext bridge = start(late, "last-good", "one")) {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () ->
                    late.jdbc()
                            .queryForObject(
                                "select count(*) from bridge.route_version", Integer.class)
                        == 1);
      }
      late.stopServer();
      CompletableFuture<ConfigurableApplicationContext> started =
          CompletableFuture.supplyAsync(() -> start(late, "last-good", "broken"));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> output.getOut().contains("\"Waiting up to 30 s. The database "));
      assertThat(output.getOut())
          .contains(
              "what ran last is started in their place once the database answers: "
                  + FAULT.replace("\"", "\\\""));
      late.startServer();
      try (ConfigurableApplicationContext bridge = started.get(2, TimeUnit.MINUTES)) {
        assertThat(word(bridge)).isEqualTo("one");
        assertThat(bridge.getBean(RoutesControl.class).getRefused()).contains(FAULT);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aDatabaseThatGoesAwayDuringTheStartIsNamedAndNotTheRoutesAlone(
      int passed, CapturedOutput output) throws Exception {
    try (DatabaseRelay relay = new DatabaseRelay(database.url(), passed, Then.GONE)) {
      assertThatThrownBy(() -> start(relay.url(), "last-good", "broken")).isNotNull();
    }
    assertThat(output.getErr())
        .containsPattern("The bridge does not start. The (database|routes that ran last)");
  }

  private String word(ConfigurableApplicationContext bridge) {
    try (ProducerTemplate template = bridge.getBean(CamelContext.class).createProducerTemplate()) {
      return template.requestBody("direct:word", null, String.class);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private int count(String from) {
    return database.jdbc().queryForObject("select count(*) from " + from, Integer.class);
  }

  private ConfigurableApplicationContext start(String onRefusal, String word) {
    return start(database, onRefusal, word);
  }

  private static ConfigurableApplicationContext start(
      TestDatabase database, String onRefusal, String word) {
    return start(database.url(), onRefusal, word);
  }

  private static ConfigurableApplicationContext start(String url, String onRefusal, String word) {
    String pattern = pattern(word);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--management.server.port=0",
                // Bridges of other tests may be running in this JVM; MBean names are the JVM's.
                "--spring.jmx.enabled=false",
                "--EDGE_HMAC_SECRET=" + BridgeTest.SECRET,
                "--SUPABASE_DB_URL=" + url,
                "--bridge.routes.on-refusal=" + onRefusal,
                "--camel.main.routes-include-pattern=" + pattern));
    return new SpringApplicationBuilder(BridgeApplication.class)
        .run(arguments.toArray(String[]::new));
  }

  private static Map<String, String> environment(String word) {
    return Map.of(
        "EDGE_HMAC_SECRET", BridgeTest.SECRET, "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", pattern(word));
  }

  private static String pattern(String word) {
    String text = LiveRoutesTest.hello(word);
    String edited =
        switch (word) {
          case "broken" -> text.replace("setBody:", "setBoddy:");
          // Only building finds this.
          case "unbuildable" -> text.replace("constant:", "simple:").replace(word, "${boddy");
          default -> text;
        };
    return EditedRoutes.and("last-good", "custom/hello", edited);
  }
}
