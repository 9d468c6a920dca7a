package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseStartTest {

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.empty();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void theSchemaIsMigratedBeforeAnybodyConnects() {
    start(database.url(), Duration.ZERO);
    assertThat(database.jdbc().queryForObject("select count(*) from bridge.target", Long.class))
        .isOne();
  }

  @Test
  void aDatabaseThatIsAwayEndsTheStartWithOneLine() throws IOException {
    assertThatThrownBy(
            () ->
                start(
                    "postgresql://u:hidden@127.0.0.1:" + freePort() + "/app", Duration.ofMillis(1)))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The database u@127.0.0.1:")
        .hasMessageContaining("refused")
        .hasMessageNotContaining("hidden")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aDatabaseThatComesALittleLaterIsWaitedFor() throws Exception {
    try (TestDatabase late = TestDatabase.ownServer()) {
      late.stopServer();
      CompletableFuture<Void> started =
          CompletableFuture.runAsync(() -> start(late.url(), Duration.ofSeconds(60)));
      late.startServer();
      started.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aStopEndsTheWaitingForADatabase() throws Exception {
    DatabaseStart start =
        prepared("postgresql://u:hidden@127.0.0.1:" + freePort() + "/app", Duration.ofDays(1));
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(start::prepare);

    start.stop();

    assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StartRefused.class);
  }

  @Test
  void aWrongPasswordIsNotTriedAgain() {
    String url = database.url().replace(database.password(), "hidden");
    assertThatThrownBy(() -> start(url, Duration.ofDays(1)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("password authentication failed")
        .hasMessageContaining("Check user and password in bridge.database.url (SUPABASE_DB_URL)")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void anUnknownDatabaseIsNamed() {
    String url = database.url().replaceAll("/t_\\d+$", "/nowhere");
    assertThatThrownBy(() -> start(url, Duration.ofDays(1)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("/nowhere")
        .hasMessageContaining("Check the database's name");
  }

  @Test
  void behindATransactionPoolerNothingIsMigrated() {
    assertThatThrownBy(() -> start(database.url() + "?pgbouncer=true", Duration.ZERO))
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            "The schema behind the transaction pooler: found none, expected version %s: start once over the session pooler or the direct connection (port 5432), which updates it"
                .formatted(PoolerSchema.newest()));
    assertThat(
            database
                .jdbc()
                .queryForObject("select to_regnamespace('bridge') is null", Boolean.class))
        .isTrue();
  }

  @Test
  void behindATransactionPoolerAnOldSchemaIsRefused() {
    start(database.url(), Duration.ZERO);
    database.jdbc().update("delete from bridge.flyway_schema_history where version <> '1'");
    assertThatThrownBy(() -> start(database.url() + "?pgbouncer=true", Duration.ZERO))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("found version 1");
  }

  @Test
  void behindATransactionPoolerASchemaOfThisVersionIsFine() {
    start(database.url(), Duration.ZERO);
    start(database.url() + "?pgbouncer=true", Duration.ZERO);
  }

  private static void start(String url, Duration patience) {
    prepared(url, patience).prepare();
  }

  private static DatabaseStart prepared(String url, Duration patience) {
    DatabaseSettings settings =
        new DatabaseSettings(url, "", 10, Migrate.AUTO, AuthenticatedRead.NONE);
    return new DatabaseStart(DatabaseUrl.read(settings, PlaintextHosts.NONE), settings, patience);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
