package net.insightpulseai.bridge.embedded;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server for demo mode and tests. It listens on loopback, needs a password, and keeps
 * its rows across restarts and crashes.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  public static final String USERNAME = "postgres";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final int PORTS_TO_TRY = 3;

  private final FolderLock lock;
  private final DataFolder folder;
  private final int port;

  private EmbeddedPostgres(FolderLock lock, DataFolder folder, int port) {
    this.lock = lock;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a server. The first start unpacks the programs and creates the data folder.
   *
   * @param dataRoot the folder for programs and data
   * @throws FolderInUseException if another process runs a server there
   * @throws IOException if there is no program for this machine or the server does not start
   */
  public static EmbeddedPostgres start(Path dataRoot) throws IOException {
    return start(dataRoot, dataRoot);
  }

  /**
   * Starts a server.
   *
   * @param dataRoot the folder for the data
   * @param programs the folder to unpack the programs to, which several servers may share
   */
  public static EmbeddedPostgres start(Path dataRoot, Path programs) throws IOException {
    return start(dataRoot, programs, Map.of());
  }

  /**
   * Starts a server.
   *
   * @param dataRoot the folder for the data
   * @param programs the folder to unpack the programs to, which several servers may share
   * @param settings of PostgreSQL; those that durability needs cannot be changed
   */
  public static EmbeddedPostgres start(Path dataRoot, Path programs, Map<String, String> settings)
      throws IOException {
    Path root = Files.createDirectories(dataRoot.toAbsolutePath().normalize());
    FolderLock lock = FolderLock.on(root);
    try {
      PostgresBinaries binaries =
          PostgresBinaries.unpackedBelow(programs.toAbsolutePath().normalize());
      PostgresUser user = PostgresUser.forProgram(binaries.program("postgres"), root);
      DataFolder folder = DataFolder.below(root, binaries, user);
      Optional<ProcessHandle> orphan = folder.orphan();
      if (orphan.isPresent()) {
        LOG.info("Stopping a PostgreSQL that a crash left running, process {}", orphan.get().pid());
        control(folder, "stop", "--mode=fast");
      }
      EmbeddedPostgres server = new EmbeddedPostgres(lock, folder, launch(folder, settings));
      server.requireDurable();
      return server;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The address of a database on this server, without credentials. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  public String username() {
    return USERNAME;
  }

  public String password() {
    try {
      return folder.password();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** The version, for example {@code 17.11}. */
  public String version() {
    return folder.binaries().version();
  }

  /** Stops the server. Clients are disconnected; what they committed is kept. */
  @Override
  public void close() {
    try (lock) {
      control(folder, "stop", "--mode=fast");
    } catch (IOException e) {
      LOG.warn("The embedded PostgreSQL did not stop: {}", e.getMessage());
    }
  }

  private static int launch(DataFolder folder, Map<String, String> settings) throws IOException {
    String more =
        settings.entrySet().stream()
            .map(setting -> "-c %s=%s ".formatted(setting.getKey(), setting.getValue()))
            .collect(joining());
    for (int attempt = 1; ; attempt++) {
      int port = folder.choosePort();
      try {
        // pg_ctl gives the server a session of its own, so that Ctrl-C stops only the bridge; the
        // server must outlive the last statement of the bridge.
        control(
            folder,
            "start",
            "--log=" + folder.log(),
            "--options=%s-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=on -c synchronous_commit=on"
                .formatted(more, port));
        return port;
      } catch (IOException e) {
        folder.forgetPort();
        if (attempt == PORTS_TO_TRY) {
          throw new IOException(
              "The embedded PostgreSQL does not start; %s says: %s"
                  .formatted(folder.log(), lastLines(folder.log())),
              e);
        }
      }
    }
  }

  private static void control(DataFolder folder, String... what) throws IOException {
    ProcessRun.of(folder.binaries().program("pg_ctl"), what)
        .with("--pgdata=" + folder.path(), "--wait", "--timeout=60", "--silent")
        .by(folder.user().prefix())
        .run();
  }

  private static String lastLines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "nothing";
    }
    List<String> lines = Files.readAllLines(file);
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }

  /** A demo that loses rows would misrepresent the product. */
  private void requireDurable() throws IOException {
    try (Connection connection =
            DriverManager.getConnection(jdbcUrl("postgres"), USERNAME, password());
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        try (ResultSet shown = statement.executeQuery("show " + setting)) {
          shown.next();
          if (!shown.getString(1).equals("on")) {
            throw new IllegalStateException(
                "The embedded PostgreSQL has %s = %s, expected on; remove it from %s"
                    .formatted(
                        setting, shown.getString(1), folder.path().resolve("postgresql.conf")));
          }
        }
      }
    } catch (SQLException | IllegalStateException e) {
      control(folder, "stop", "--mode=fast");
      throw new IOException(e.getMessage(), e);
    }
  }
}
