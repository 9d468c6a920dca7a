package net.insightpulseai.bridge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** What processes use, as Linux tells it in {@code /proc}; elsewhere little is known. */
final class Processes {

  private static final Path PROC = Path.of("/proc");
  private static final double NANOS = 1e9;
  // getconf CLK_TCK, which is 100 on every Linux that Java runs on
  private static final double TICKS_A_SECOND = 100;
  private static final int PARENT = 1;
  private static final int FIRST_TIME = 11;
  private static final int LAST_TIME = 14;

  private Processes() {}

  /** Processor time of one process so far, in seconds. */
  static OptionalDouble cpuSeconds(ProcessHandle process) {
    return process
        .info()
        .totalCpuDuration()
        .map(Duration::toNanos)
        .map(nanos -> OptionalDouble.of(nanos / NANOS))
        .orElse(OptionalDouble.empty());
  }

  /** Of several processes together; unknown if that of one is. */
  static OptionalDouble cpuSeconds(List<ProcessHandle> processes) {
    double sum = 0;
    for (ProcessHandle process : processes) {
      OptionalDouble seconds = cpuSeconds(process);
      if (seconds.isEmpty()) {
        return seconds;
      }
      sum += seconds.getAsDouble();
    }
    return OptionalDouble.of(sum);
  }

  /** Of a process and all below it, those that have ended included. */
  static OptionalDouble treeCpuSeconds(long root) {
    Map<Long, List<Long>> children = new HashMap<>();
    Map<Long, Long> ticks = new HashMap<>();
    try (Stream<Path> all = Files.list(PROC)) {
      all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .forEach(
              name -> {
                String[] fields = stat(Long.parseLong(name));
                if (fields.length > LAST_TIME) {
                  long pid = Long.parseLong(name);
                  children
                      .computeIfAbsent(Long.valueOf(fields[PARENT]), parent -> new ArrayList<>())
                      .add(pid);
                  long sum = 0;
                  for (int i = FIRST_TIME; i <= LAST_TIME; i++) {
                    sum += Long.parseLong(fields[i]);
                  }
                  ticks.put(pid, sum);
                }
              });
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
    long sum = 0;
    Deque<Long> left = new ArrayDeque<>(List.of(root));
    while (!left.isEmpty()) {
      long pid = left.pop();
      sum += ticks.getOrDefault(pid, 0L);
      left.addAll(children.getOrDefault(pid, List.of()));
    }
    return OptionalDouble.of(sum / TICKS_A_SECOND);
  }

  /** The main process of the server that a connection leads to, if it is on this machine. */
  static OptionalLong postmaster(JdbcTemplate jdbc) {
    long backend = jdbc.queryForObject("select pg_backend_pid()", Long.class);
    String database = jdbc.queryForObject("select current_database()", String.class);
    // A server in a container has process ids of its own: here they may be another program's.
    String title = read(PROC.resolve(backend + "/cmdline"));
    if (!title.startsWith("postgres: ") || !title.contains(" " + database + " ")) {
      return OptionalLong.empty();
    }
    String[] fields = stat(backend);
    return fields.length > PARENT
        ? OptionalLong.of(Long.parseLong(fields[PARENT]))
        : OptionalLong.empty();
  }

  /** The memory that a process holds now. */
  static OptionalDouble residentMegabytes(long pid) {
    return read(PROC.resolve(pid + "/status"))
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst();
  }

  /** The fields after the program's name, which may hold blanks. */
  private static String[] stat(long pid) {
    String line = read(PROC.resolve(pid + "/stat"));
    return line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
