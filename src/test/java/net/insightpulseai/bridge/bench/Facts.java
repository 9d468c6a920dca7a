package net.insightpulseai.bridge.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.springframework.jdbc.core.JdbcTemplate;

/** What figures depend on: the machine, the server and the bridge. */
final class Facts {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final String SERVER =
      """
      select name, current_setting(name) as value
        from unnest(array['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_level',
                          'shared_buffers', 'max_wal_size', 'checkpoint_timeout']) as name
      """;

  private Facts() {}

  static Map<String, Object> machine() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("processor", processor());
    facts.put("cores", SYSTEM.getAvailableProcessors());
    facts.put("memory_mb", SYSTEM.getTotalMemorySize() >> 20);
    facts.put("system", SYSTEM.getName() + " " + SYSTEM.getVersion() + " " + SYSTEM.getArch());
    facts.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    return facts;
  }

  /** How many threads wanted a core in the last minute; negative if the system does not tell. */
  static double loadAverage() {
    return SYSTEM.getSystemLoadAverage();
  }

  static int cores() {
    return SYSTEM.getAvailableProcessors();
  }

  static Map<String, Object> database(BenchDatabase database) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(
        "where",
        database.isEmbedded()
            ? "embedded"
            : database.isLocal() ? "on this machine" : "on another machine");
    JdbcTemplate jdbc = database.jdbc();
    jdbc.query(
        SERVER,
        row -> {
          facts.put(row.getString("name"), row.getString("value"));
        });
    facts.put("round_trip_ms", roundTrip(jdbc));
    return facts;
  }

  /** The median of the shortest statement there is, in milliseconds. */
  private static double roundTrip(JdbcTemplate jdbc) {
    long[] nanos = new long[51];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      jdbc.queryForObject("select 1", Integer.class);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e6;
  }

  static Map<String, Object> bridge(Path jar) {
    Map<String, Object> facts = new LinkedHashMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      facts.put(
          "version",
          file.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION));
    } catch (IOException e) {
      throw new BenchFailure(jar + " cannot be read: " + e.getMessage(), e);
    }
    return facts;
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
