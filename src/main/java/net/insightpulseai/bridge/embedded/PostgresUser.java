package net.insightpulseai.bridge.embedded;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user that PostgreSQL runs as. It refuses to run as root, which is the user in a plain
 * container.
 *
 * @param prefix the command that runs another command as that user; empty if the bridge is not root
 * @param uid the owner that the data folder must have; -1 leaves it unchanged
 */
record PostgresUser(List<String> prefix, int uid) {

  private static final int NOBODY = 65534;

  /** Finds a user that works on this machine, by trying. */
  static PostgresUser forProgram(Path postgres, Path dataRoot) throws IOException {
    if (!isRoot()) {
      return new PostgresUser(List.of(), -1);
    }
    int owner = (int) Files.getAttribute(dataRoot, "unix:uid");
    int other = owner == 0 ? NOBODY : owner;
    // In a user namespace of its own, the process is not root, and the files stay with root.
    PostgresUser namespace = new PostgresUser(List.of("unshare", "-U", "--"), -1);
    PostgresUser unprivileged =
        new PostgresUser(
            List.of("setpriv", "--reuid=" + other, "--regid=" + other, "--clear-groups", "--"),
            other);
    StringBuilder tried = new StringBuilder();
    for (PostgresUser candidate : List.of(namespace, unprivileged)) {
      try {
        ProcessRun.of(postgres, "--version").by(candidate.prefix).run();
        return candidate;
      } catch (IOException e) {
        tried.append("; ").append(e.getMessage());
      }
    }
    throw new IOException(
        "PostgreSQL refuses to run as root, and it could not be run as another user. Start the bridge as another user, or make %s accessible to user %d%s"
            .formatted(dataRoot, other, tried));
  }

  /** Makes the user the owner of a path and everything below it. */
  void own(Path path) throws IOException {
    if (uid < 0 || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.setAttribute(each, "unix:uid", uid, NOFOLLOW_LINKS);
        Files.setAttribute(each, "unix:gid", uid, NOFOLLOW_LINKS);
      }
    }
  }

  private static boolean isRoot() {
    return new UnixSystem().getUid() == 0;
  }
}
