package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.Migrations;
import net.insightpulseai.bridge.embedded.EmbeddedPostgres;
import net.insightpulseai.bridge.embedded.FolderInUseException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL server with Supabase's roles and a migrated template, below {@code target}. */
final class TestServer {

  /** The name of the database that {@link TestDatabase#fresh} copies. */
  static final String MIGRATED = "migrated";

  /** Bridges that are kept for further tests hold some ninety alone; the default is a hundred. */
  private static final Map<String, String> SETTINGS = Map.of("max_connections", "400");

  private static final int RUNS_AT_ONCE = 20;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

  private final Path root;
  private final boolean own;
  private EmbeddedPostgres postgres;
  private int databases;

  private TestServer(Path root, EmbeddedPostgres postgres, boolean own) throws IOException {
    this.root = root;
    this.postgres = postgres;
    this.own = own;
    prepare();
  }

  static TestServer shared() {
    return Shared.SERVER;
  }

  static TestServer own() throws IOException {
    Path root = Files.createTempDirectory(Files.createDirectories(TestDatabase.root()), "own-");
    return new TestServer(root, launch(root), true);
  }

  private static EmbeddedPostgres launch(Path root) throws IOException {
    return EmbeddedPostgres.start(root, TestDatabase.root(), SETTINGS);
  }

  synchronized void createDatabase(String name, String template) {
    admin().execute("create database " + name + " template " + template);
    databases++;
  }

  String jdbcUrl(String database) {
    return postgres.jdbcUrl(database);
  }

  int port() {
    return postgres.port();
  }

  String password() {
    return postgres.password();
  }

  void stop() {
    if (!own) {
      throw new IllegalStateException("All tests share this server; use TestDatabase.ownServer()");
    }
    postgres.close();
  }

  void start() {
    try {
      postgres = launch(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void release(String database) {
    if (!own) {
      admin().execute("drop database if exists " + database + " with (force)");
      givenBack();
      return;
    }
    postgres.close();
    try {
      FileSystemUtils.deleteRecursively(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void givenBack() {
    databases--;
    notifyAll();
  }

  /**
   * Hooks of a JVM that ends run all at once: bridges that tests have left running stop in one of
   * them, and without their database they would wait for it until the JVM is ended by force.
   */
  private synchronized void stopWhenUnused() {
    try {
      long end = System.nanoTime() + LONGEST_STOP.toNanos();
      for (long left = 1; databases > 0 && left > 0; ) {
        left = (end - System.nanoTime()) / 1_000_000;
        wait(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    postgres.close();
  }

  /** Databases of an earlier run are dropped: the server's data folder outlives the JVM. */
  private void prepare() throws IOException {
    JdbcTemplate admin = admin();
    admin
        .queryForList(
            "select datname from pg_database where datname like 't\\_%' or datname = 'migrated'",
            String.class)
        .forEach(name -> admin.execute("drop database " + name + " with (force)"));
    admin.execute(new ClassPathResource("supabase-roles.sql").getContentAsString(UTF_8));
    admin.execute("create database " + MIGRATED);
    new Migrations(connections(MIGRATED), AuthenticatedRead.NONE).migrate();
  }

  private JdbcTemplate admin() {
    return new JdbcTemplate(connections("postgres"));
  }

  private DriverManagerDataSource connections(String database) {
    Properties credentials = new Properties();
    credentials.setProperty("user", EmbeddedPostgres.USERNAME);
    credentials.setProperty("password", postgres.password());
    return new DriverManagerDataSource(jdbcUrl(database), credentials);
  }

  /** Made by the first test that needs it. */
  private static final class Shared {

    private static final TestServer SERVER = startFirstFree();

    private static TestServer startFirstFree() {
      try {
        Path programs = Files.createDirectories(TestDatabase.root());
        for (int run = 1; run <= RUNS_AT_ONCE; run++) {
          Path root = programs.resolve("run-" + run);
          try {
            TestServer server = new TestServer(root, launch(root), false);
            Runtime.getRuntime()
                .addShutdownHook(new Thread(server::stopWhenUnused, "stop-postgres"));
            return server;
          } catch (FolderInUseException e) {
            // Another Maven run in the same working tree; its server is not ours to touch.
            continue;
          }
        }
        throw new IllegalStateException("More than " + RUNS_AT_ONCE + " test runs at once");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
