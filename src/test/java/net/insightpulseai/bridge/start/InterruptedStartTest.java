package net.insightpulseai.bridge.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.start.DatabaseRelay.Then;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a start before it is complete: a signal, or a database that goes away. */
class InterruptedStartTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("EDGE_HMAC_SECRET", BridgeTest.SECRET);
  private static final Duration SOON = Duration.ofSeconds(40);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aSignalEndsAStartThatWaitsForASilentDatabase(int passed) throws IOException {
    try (TestDatabase database = TestDatabase.fresh();
        DatabaseRelay relay = new DatabaseRelay(database.url(), passed, Then.SILENT);
        BridgeProcess bridge = new BridgeProcess(relay.url(), ENVIRONMENT)) {
      await().atMost(Duration.ofSeconds(90)).until(() -> relay.connections() > passed);

      bridge.terminate();

      assertThat(bridge.endsWithin(SOON)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aDatabaseThatGoesAwayDuringTheStartEndsItWithOneLine(int passed) throws IOException {
    try (TestDatabase database = TestDatabase.fresh();
        DatabaseRelay relay = new DatabaseRelay(database.url(), passed, Then.GONE);
        BridgeProcess bridge = new BridgeProcess(relay.url(), ENVIRONMENT)) {
      assertThat(bridge.endsWithin(Duration.ofMinutes(3))).isTrue();

      List<String> printed = bridge.output();
      assertThat(printed)
          .filteredOn(line -> line.startsWith("The bridge does not start. The database "))
          .hasSize(1);
      assertThat(printed)
          .noneMatch(line -> line.startsWith("\tat ") || line.contains("stack_trace"));
    }
  }
}
