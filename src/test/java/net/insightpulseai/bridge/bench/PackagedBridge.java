package net.insightpulseai.bridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The jar in a process of its own, with the settings and the routes of the working folder. */
final class PackagedBridge implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(35);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  // Anything else may name a real system: the benchmark must not call it.
  private static final Set<String> KEPT =
      Set.of(
          "BRIDGE_PLAINTEXT_HOSTS",
          "HOME",
          "JAVA_HOME",
          "JDK_JAVA_OPTIONS",
          "JAVA_TOOL_OPTIONS",
          "LANG",
          "LC_ALL",
          "LD_LIBRARY_PATH",
          "PATH",
          "SUPABASE_DB_SSL_ROOT_CERT",
          "TMPDIR",
          "TZ");

  private final int port = freePort();
  private final Path log;
  private final Process process;
  private final long started = System.nanoTime();
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Starts it; {@link #awaitReady} says when it serves.
   *
   * @param environment what it needs besides ports
   * @param flags of the JVM
   * @param settings as on the command line, {@code key=value}
   */
  PackagedBridge(
      Path jar,
      Path log,
      Map<String, String> environment,
      List<String> flags,
      List<String> settings) {
    this.log = log;
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(flags);
    words.addAll(
        List.of(
            // The archive of classes that make has made beside the jar, as for bridge-up.
            "@" + jar.resolveSibling("archive.args"),
            "-jar",
            jar.toString(),
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            "--management.server.port=" + freePort()));
    settings.forEach(setting -> words.add("--" + setting));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().keySet().retainAll(KEPT);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it serves requests. */
  Duration awaitReady() {
    HttpRequest health = HttpRequest.newBuilder(URI.create(url("/health"))).build();
    while (true) {
      requireAlive();
      if (System.nanoTime() - started > LONGEST_START.toNanos()) {
        throw new BenchFailure(
            "the bridge does not serve within %d s; %s says why"
                .formatted(LONGEST_START.toSeconds(), log));
      }
      try {
        if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
          return Duration.ofNanos(System.nanoTime() - started);
        }
      } catch (IOException e) {
        // Nobody listens yet.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchFailure("interrupted");
      }
      Pause.of(BETWEEN_LOOKS);
    }
  }

  /** Fails if it has ended, and says what it printed last. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new BenchFailure(
          "the bridge has ended with status %d; the end of %s:%n%s"
              .formatted(process.exitValue(), log, lastLines()));
    }
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  int port() {
    return port;
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** Calls its API, and fails unless it answers with this status. */
  String post(String path, String body, String serviceKey, int expected) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .header("apikey", serviceKey)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != expected) {
        throw new BenchFailure(
            "the bridge answers %d to %s: %s".formatted(answer.statusCode(), path, answer.body()));
      }
      return answer.body();
    } catch (IOException e) {
      requireAlive();
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }

  /** Ends it, by force if it takes too long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
