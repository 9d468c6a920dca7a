package net.insightpulseai.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The bridge in a process of its own, which a test may kill at the worst moment. */
public final class BridgeProcess implements AutoCloseable {

  private final int port = freePort();
  private final Path log = Path.of("target", "bridge-process-" + port + ".log");
  private final Process process;

  /**
   * Starts one; it goes on starting when this returns.
   *
   * @param environment what it needs beside its database and a name
   */
  public BridgeProcess(TestDatabase database, Map<String, String> environment) {
    this(database.url(), environment);
  }

  /**
   * Starts one; it goes on starting when this returns.
   *
   * @param databaseUrl of the database, which need not answer
   */
  public BridgeProcess(String databaseUrl, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            // It lives for seconds: the slower compiler starts it with half the processor time.
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BridgeApplication.class.getName(),
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            "--management.server.port=0");
    Map<String, String> all = new HashMap<>(environment);
    all.put("SUPABASE_DB_URL", databaseUrl);
    all.put("SUPABASE_SERVICE_ROLE_KEY", BridgeTest.SERVICE_KEY);
    all.putIfAbsent("BRIDGE_INSTANCE", "node-1");
    builder.environment().putAll(all);
    builder.redirectErrorStream(true);
    try {
      builder.redirectOutput(log.toFile());
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts one that calls this Odoo.
   *
   * @param name of the instance
   */
  public static BridgeProcess calling(TestOdoo odoo, TestDatabase database, String name) {
    return new BridgeProcess(
        database,
        Map.of(
            "EDGE_HMAC_SECRET",
            BridgeTest.SECRET,
            "ODOO_BASE_URL",
            odoo.url(),
            "ODOO_API_TOKEN",
            TestOdoo.TOKEN,
            "BRIDGE_INSTANCE",
            name));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers once it has started. */
  public String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far, on both streams. */
  public List<String> output() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells it to stop, and returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** Waits until it has ended; false if it has not within this time. */
  public boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What it ended with. */
  public int status() {
    return process.exitValue();
  }

  /** Gives it no chance to end anything; returns when it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
