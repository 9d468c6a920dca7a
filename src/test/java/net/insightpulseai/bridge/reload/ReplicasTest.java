package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.EditedRoutes;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bridges in processes of their own, with folders of their own, on one database. */
@Tag("slow")
class ReplicasTest {

  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aRollbackHoldsOnAllReplicasAndThroughARestartUntilAFolderChanges() {
    try (TestDatabase database = TestDatabase.fresh();
        BridgeProcess other = start(database, "replica-b", "uno")) {
      BridgeProcess one = start(database, "replica-a", "one");
      try {
        awaitWord(other, "uno");
        awaitWord(one, "one");
        long pinned = awaitVersion(database, "node-a", 1);
        edit("replica-a", "two");
        awaitWord(one, "two");

        assertThat(rollBack(one, pinned)).isEqualTo(200);
        awaitWord(one, "one");
        awaitWord(other, "one");

        one.kill();
        one = start(database, "replica-a", "two");
        awaitWord(one, "one");
        assertThat(one.output())
            .anyMatch(line -> line.contains("run, not those of the folder: version " + pinned))
            .noneMatch(line -> line.contains("The pin of version"))
            .noneMatch(line -> line.contains("are applied"));

        edit("replica-b", "tre");
        awaitWord(other, "tre");
        awaitWord(one, "two");
        assertThat(count(database, "bridge.route_pin")).isZero();
        assertThat(
                count(
                    database,
                    "public.audit_event where event_type = 'bridge.routes.unpinned' and payload->>'instance' = 'node-b'"))
            .isOne();
      } finally {
        one.kill();
      }
    }
  }

  @Test
  void aReplicaThatStartsWithAnotherFolderLiftsThePin() {
    try (TestDatabase database = TestDatabase.fresh()) {
      BridgeProcess bridge = start(database, "replica-a", "one");
      try {
        awaitWord(bridge, "one");
        long pinned = awaitVersion(database, "node-a", 1);
        edit("replica-a", "two");
        awaitWord(bridge, "two");
        assertThat(rollBack(bridge, pinned)).isEqualTo(200);
        bridge.kill();

        bridge = start(database, "replica-a", "three");
        awaitWord(bridge, "three");
        await().atMost(LIMIT).until(() -> count(database, "bridge.route_pin") == 0);
      } finally {
        bridge.kill();
      }
    }
  }

  @Test
  void killedBeforeAndAfterItsRecordIsWrittenAnEditRunsAndIsRecordedOnce() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      BridgeProcess bridge = start(database, "replica-a", "one");
      try {
        awaitWord(bridge, "one");
        awaitVersion(database, "node-a", 1);
        try (Connection connection = database.dataSource().getConnection()) {
          lock(connection);
          edit("replica-a", "two");
          awaitWord(bridge, "two");
          // It runs, and its record waits for the lock.
          bridge.kill();
          connection.rollback();
        }
        assertThat(count(database, "bridge.route_version")).isOne();

        bridge = start(database, "replica-a", "two");
        awaitWord(bridge, "two");
        awaitVersion(database, "node-a", 2);
        edit("replica-a", "three");
        awaitVersion(database, "node-a", 3);
        bridge.kill();

        bridge = start(database, "replica-a", "three");
        awaitWord(bridge, "three");
        edit("replica-a", "four");
        awaitVersion(database, "node-a", 4);
        assertThat(count(database, "bridge.route_version")).isEqualTo(4);
      } finally {
        bridge.kill();
      }
    }
  }

  private static void lock(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table bridge.route_version in share mode");
    }
  }

  /** Its instance is called as its folder. */
  private static BridgeProcess start(TestDatabase database, String folder, String word) {
    String pattern = edit(folder, word);
    return new BridgeProcess(
        database,
        Map.of(
            "EDGE_HMAC_SECRET", BridgeTest.SECRET,
            "BRIDGE_INSTANCE", folder.replace("replica", "node"),
            "SPRING_APPLICATION_JSON",
                "{\"camel.main.routes-include-pattern\":\"%s\"}".formatted(pattern)));
  }

  private static String edit(String folder, String word) {
    return EditedRoutes.and(folder, "custom/hello", LiveRoutesTest.hello(word));
  }

  private long awaitVersion(TestDatabase database, String instance, int count) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                count(database, "bridge.route_version where instance = '" + instance + "'")
                    == count);
    return database
        .jdbc()
        .queryForObject(
            "select max(id) from bridge.route_version where instance = ?", Long.class, instance);
  }

  private static int count(TestDatabase database, String from) {
    return database.jdbc().queryForObject("select count(*) from " + from, Integer.class);
  }

  private void awaitWord(BridgeProcess bridge, String word) {
    await().atMost(LIMIT).ignoreExceptions().until(() -> word(bridge).equals(word));
  }

  private String word(BridgeProcess bridge) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(bridge.url("/custom/hello"))).GET()).body();
  }

  private int rollBack(BridgeProcess bridge, long version) {
    try {
      return send(HttpRequest.newBuilder(
                  URI.create(bridge.url("/bridge/route-versions/" + version + "/rollback")))
              .header("apikey", BridgeTest.SERVICE_KEY)
              .POST(HttpRequest.BodyPublishers.ofString("{\"who\":\"ann\",\"why\":\"a test\"}")))
          .statusCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
