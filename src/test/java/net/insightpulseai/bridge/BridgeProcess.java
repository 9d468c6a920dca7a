package net.insightpulseai.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The bridge in a process of its own, which a test may kill at the worst moment. */
public final class BridgeProcess implements AutoCloseable {

  private final int port = freePort();
  private final Process process;

  /**
   * Starts one; it goes on starting when this returns.
   *
   * @param environment what it needs beside its database and a name
   */
  public BridgeProcess(TestDatabase database, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            BridgeApplication.class.getName(),
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            "--management.server.port=0");
    Map<String, String> all = new HashMap<>(environment);
    all.put("SUPABASE_DB_URL", database.url());
    all.put("SUPABASE_SERVICE_ROLE_KEY", BridgeTest.SERVICE_KEY);
    all.put("BRIDGE_INSTANCE", "node-1");
    builder.environment().putAll(all);
    builder.redirectErrorStream(true);
    try {
      Path log = Files.createDirectories(Path.of("target")).resolve("bridge-process.log");
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Gives it no chance to end anything; returns when it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
