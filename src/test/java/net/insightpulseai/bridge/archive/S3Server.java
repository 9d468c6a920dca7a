package net.insightpulseai.bridge.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.insightpulseai.bridge.config.PlaintextHosts;

/**
 * A server with the interface of S3 (S3Proxy) in a process of its own. It checks signatures, and
 * keeps its buckets in a folder.
 */
public final class S3Server implements AutoCloseable {

  /** A bucket that is there. */
  public static final String BUCKET = "events";

  private static final String KEY = "local-identity";
  private static final String SECRET = "local-secret-0123456789";

  private final Path folder;
  private final int port;
  private final Process process;

  /**
   * Starts one, and returns when it takes connections.
   *
   * @param folder an empty one
   */
  public S3Server(Path folder) throws IOException {
    this.folder = folder;
    this.port = freePort();
    Files.createDirectories(folder.resolve("buckets").resolve(BUCKET));
    Path settings = folder.resolve("s3proxy.conf");
    Files.write(
        settings,
        List.of(
            "s3proxy.endpoint=" + endpoint(),
            "s3proxy.authorization=aws-v4",
            "s3proxy.identity=" + KEY,
            "s3proxy.credential=" + SECRET,
            "jclouds.provider=filesystem",
            "jclouds.identity=none",
            "jclouds.credential=none",
            "jclouds.filesystem.basedir=" + folder.resolve("buckets")));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-jar",
                Path.of("target", "s3-server", "s3proxy.jar").toAbsolutePath().toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              assertThat(process.isAlive()).isTrue();
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return true;
              }
            });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** How it is reached. */
  public ArchiveSettings settings() {
    return settings(SECRET);
  }

  ArchiveSettings settings(String secret) {
    return new ArchiveSettings(endpoint(), "us-east-1", KEY, secret);
  }

  /** Stores that are opened on it. */
  public ArchiveStores stores() {
    return new ArchiveStores(settings(), PlaintextHosts.NONE);
  }

  /** The objects of the bucket, by their keys, in order. */
  public List<String> objects() throws IOException {
    Path bucket = folder.resolve("buckets").resolve(BUCKET);
    try (Stream<Path> files = Files.walk(bucket)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> bucket.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** The file that holds an object. */
  public Path object(String key) {
    return folder.resolve("buckets").resolve(BUCKET).resolve(key);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
