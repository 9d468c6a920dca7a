package net.insightpulseai.bridge.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.util.FileSystemUtils;

/** The data folder of one major version of PostgreSQL, with its password and its port. */
record DataFolder(Path path, PostgresBinaries binaries, PostgresUser user) {

  private static final Set<PosixFilePermission> OURS_ALONE =
      PosixFilePermissions.fromString("rw-------");

  /** The data folder below a root; {@code initdb} creates it if it does not exist. */
  static DataFolder below(Path root, PostgresBinaries binaries, PostgresUser user)
      throws IOException {
    DataFolder folder =
        new DataFolder(root.resolve("postgres-" + binaries.majorVersion()), binaries, user);
    if (!Files.exists(folder.path)) {
      folder.initialize();
    }
    return folder;
  }

  String password() throws IOException {
    return Files.readString(sibling("password")).strip();
  }

  /**
   * The port of the last start if it is free, so that the address stays the same; otherwise any
   * free port.
   */
  int choosePort() throws IOException {
    Path remembered = sibling("port");
    int last = Files.exists(remembered) ? Integer.parseInt(Files.readString(remembered)) : 0;
    int port = last != 0 && isFree(last) ? last : freePort();
    Files.writeString(remembered, Integer.toString(port));
    return port;
  }

  /** Makes the next start choose another port. */
  void forgetPort() throws IOException {
    Files.deleteIfExists(sibling("port"));
  }

  Path log() {
    return path.resolve("server.log");
  }

  /** The server that a crash left running in this folder. */
  Optional<ProcessHandle> orphan() throws IOException {
    Path pidFile = path.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> postmaster =
        ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(this::isPostgres);
    if (postmaster.isEmpty()) {
      // Another program may have this process id by now, and PostgreSQL would take it for a server.
      Files.delete(pidFile);
    }
    return postmaster;
  }

  private boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(c -> c.endsWith("/bin/postgres")).isPresent();
  }

  private void initialize() throws IOException {
    Path root = path.getParent();
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    // initdb reads the password from a file, because all users can see a program's arguments.
    Path secret = Files.createTempFile(root, "initdb-", "");
    Path unfinished = Files.createTempDirectory(root, "initdb-");
    try {
      Files.writeString(secret, password);
      user.own(secret);
      user.own(unfinished);
      ProcessRun.of(
              binaries.program("initdb"),
              "--pgdata=" + unfinished,
              "--username=" + EmbeddedPostgres.USERNAME,
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--data-checksums")
          .by(user.prefix())
          .run();
      // Private from the first byte; one that a broken start left over may not be.
      Files.deleteIfExists(sibling("password"));
      Files.createFile(sibling("password"), PosixFilePermissions.asFileAttribute(OURS_ALONE));
      Files.writeString(sibling("password"), password);
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(secret);
      FileSystemUtils.deleteRecursively(unfinished);
    }
  }

  private Path sibling(String kind) {
    return path.resolveSibling(path.getFileName() + "." + kind);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
