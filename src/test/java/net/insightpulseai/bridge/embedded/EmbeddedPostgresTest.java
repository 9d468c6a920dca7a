package net.insightpulseai.bridge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

class EmbeddedPostgresTest {

  private static final Path PROGRAMS = Path.of("target/test-postgres");

  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    Files.createDirectories(PROGRAMS);
    root = Files.createTempDirectory(PROGRAMS, "embedded-");
  }

  @AfterEach
  void removeRoot() throws IOException {
    FileSystemUtils.deleteRecursively(root);
  }

  @Test
  void rowsSurviveARestartAtTheSameAddress() throws Exception {
    String address;
    try (EmbeddedPostgres server = start()) {
      address = server.jdbcUrl("postgres");
      query(server, "create table kept (n int)", "insert into kept values (42)");
    }
    try (EmbeddedPostgres server = start()) {
      assertThat(query(server, "select n from kept")).isEqualTo("42");
      assertThat(server.jdbcUrl("postgres")).isEqualTo(address);
    }
  }

  @Test
  void settingsHoldUnlessDurabilityNeedsOthers() throws Exception {
    Map<String, String> settings = Map.of("max_connections", "20", "fsync", "off");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(root, PROGRAMS, settings)) {
      assertThat(query(server, "show max_connections")).isEqualTo("20");
      assertThat(query(server, "show fsync")).isEqualTo("on");
    }
  }

  @Test
  void commitsAreDurableAndTheClusterIsStrict() throws Exception {
    try (EmbeddedPostgres server = start()) {
      assertThat(query(server, "show fsync")).isEqualTo("on");
      assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(server, "show data_checksums")).isEqualTo("on");
      assertThat(query(server, "show server_encoding")).isEqualTo("UTF8");
      assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(server, "show unix_socket_directories")).isEmpty();
    }
  }

  @Test
  void aServerWithoutFsyncIsRefused() throws Exception {
    try (EmbeddedPostgres server = start()) {
      query(server, "alter system set full_page_writes = off");
    }
    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("full_page_writes = off, expected on");
    assertThat(postmasters()).isZero();
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    try (EmbeddedPostgres server = start()) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void thePasswordIsInNoProcessArgumentAndInNoFileOfOthers() throws Exception {
    try (EmbeddedPostgres server = start()) {
      String password = server.password();
      assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
          .noneMatch(line -> line.contains(password));
      Path file =
          root.resolve("postgres-" + server.version().replaceAll("[.].*", "") + ".password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefused() throws Exception {
    try (EmbeddedPostgres server = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(FolderInUseException.class)
          .hasMessageContaining("Another bridge is running on the data folder");
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void aServerThatAKilledProcessLeftIsStoppedAndItsRowsAreKept() throws Exception {
    Process killed = launchInAnotherJvm();
    long orphan = readPid();
    killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (EmbeddedPostgres server = start()) {
      assertThat(query(server, "select n from kept")).isEqualTo("7");
      assertThat(readPid()).isNotEqualTo(orphan);
    }
    assertThat(postmasters()).isZero();
  }

  @Test
  void aNumberInThePidFileThatIsAnotherProgramsIsLeftAlone() throws Exception {
    start().close();
    Files.writeString(
        dataFolder().resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n/x\n0\n1\n");
    try (EmbeddedPostgres server = start()) {
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void aRunThatWasCutOffWhileUnpackingLeavesNothingHalfDone() throws Exception {
    Files.createDirectories(root.resolve("unpacking-123/bin"));
    Files.createDirectories(root.resolve("initdb-123"));
    try (EmbeddedPostgres server = EmbeddedPostgres.start(root)) {
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.start(root, PROGRAMS);
  }

  private Process launchInAnotherJvm() throws IOException {
    Path ready = root.resolve("ready");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LeaveRunning.class.getName(),
                root.toString(),
                PROGRAMS.toString(),
                ready.toString())
            .inheritIO()
            .start();
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ready));
    return process;
  }

  private Path dataFolder() throws IOException {
    try (var children = Files.list(root)) {
      return children.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private long readPid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(dataFolder().resolve("postmaster.pid")).get(0).strip());
  }

  private long postmasters() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(root.toAbsolutePath().toString()))
        .filter(p -> p.info().command().orElse("").endsWith("/bin/postgres"))
        .count();
  }

  static String query(EmbeddedPostgres server, String... statements) throws SQLException {
    String last = "";
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.username(), server.password());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        if (statement.execute(sql)) {
          try (ResultSet rows = statement.getResultSet()) {
            rows.next();
            last = rows.getString(1);
          }
        }
      }
    }
    return last;
  }

  /** Starts a server, says so, and waits to be killed. */
  static final class LeaveRunning {

    public static void main(String[] args) throws Exception {
      EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(args[0]), Path.of(args[1]));
      query(server, "create table kept (n int)", "insert into kept values (7)");
      Files.createFile(Path.of(args[2]));
      System.in.read();
    }
  }
}
