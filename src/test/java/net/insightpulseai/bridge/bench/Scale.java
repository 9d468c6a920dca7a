package net.insightpulseai.bridge.bench;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much is measured, from the environment.
 *
 * @param databaseUrl where; empty is the embedded PostgreSQL
 * @param quick less of everything, to see how it is done
 * @param only what is measured
 * @param rounds how often each figure is measured; the median counts
 * @param seconds how long events are sent in one round
 * @param warmUp how many seconds events are sent before anything but the cold start is measured
 * @param coldSeconds how many seconds after the start count as cold
 * @param connections of the load generator
 * @param queued rows that are drained in one round
 * @param calls that are timed one by one
 * @param hot queued rows of the one record
 * @param finished rows that each table is filled with
 * @param javaFlags of the bridge's JVM
 * @param settings of the bridge that differ from the shipped ones, as {@code key=value}
 */
record Scale(
    String databaseUrl,
    boolean quick,
    Set<MeasureName> only,
    int rounds,
    int seconds,
    int warmUp,
    int coldSeconds,
    int connections,
    int queued,
    int calls,
    int hot,
    int finished,
    List<String> javaFlags,
    List<String> settings) {

  // As in the shipped systemd unit.
  private static final String USUAL_FLAGS =
      "-Xmx256m -XX:+UseParallelGC -XX:MetaspaceSize=128m -XX:+ExitOnOutOfMemoryError";

  static Scale of(Map<String, String> environment) {
    boolean quick = flag(environment, "BENCH_QUICK");
    int seconds = number(environment, "BENCH_SECONDS", quick ? 4 : 10, 1, 600);
    int queued = number(environment, "BENCH_QUEUED", quick ? 2_000 : 20_000, 100, 1_000_000);
    int finished = number(environment, "BENCH_ROWS", quick ? 20_000 : 1_000_000, 1, 100_000_000);
    return new Scale(
        environment.getOrDefault("BENCH_DB_URL", "").strip(),
        quick,
        MeasureName.read(environment.getOrDefault("BENCH_ONLY", "")),
        number(environment, "BENCH_ROUNDS", quick ? 1 : 3, 1, 99),
        seconds,
        number(environment, "BENCH_WARMUP", quick ? 10 : 90, 0, 3_600),
        Math.min(quick ? 10 : 30, 3 * seconds),
        number(environment, "BENCH_CONNECTIONS", 32, 1, 1_000),
        queued,
        Math.max(20, queued / 40),
        quick ? 5 * queued : 15 * queued,
        finished,
        words(environment.getOrDefault("BENCH_JAVA_FLAGS", USUAL_FLAGS)),
        words(environment.getOrDefault("BENCH_SETTINGS", "")).stream()
            .map(Scale::setting)
            .toList());
  }

  /** The same with further settings of the bridge before those of the environment, which win. */
  Scale withSettings(List<String> more) {
    return new Scale(
        databaseUrl,
        quick,
        only,
        rounds,
        seconds,
        warmUp,
        coldSeconds,
        connections,
        queued,
        calls,
        hot,
        finished,
        javaFlags,
        Stream.concat(more.stream(), settings.stream()).toList());
  }

  private static List<String> words(String text) {
    return Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  boolean measures(MeasureName name) {
    return only.contains(name);
  }

  private static boolean flag(Map<String, String> environment, String name) {
    return switch (environment.getOrDefault(name, "").strip()) {
      case "", "0", "false" -> false;
      case "1", "true" -> true;
      default ->
          throw new BenchFailure(
              "%s: found '%s', expected 1 or nothing".formatted(name, environment.get(name)));
    };
  }

  /**
   * A whole number in the environment.
   *
   * @throws BenchFailure if it is none, or not from {@code least} to {@code most}
   */
  static int number(Map<String, String> environment, String name, int usual, int least, int most) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return usual;
    }
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw new BenchFailure(
          "%s: found '%s', expected a number from %d to %d".formatted(name, text, least, most));
    }
    return number;
  }

  private static String setting(String text) {
    if (!text.matches("[a-z][A-Za-z0-9.\\[\\]-]*=\\S*")) {
      throw new BenchFailure(
          "BENCH_SETTINGS: found '%s', expected settings of the bridge as key=value, with blanks between, such as bridge.ingest.writers=4"
              .formatted(text));
    }
    return text;
  }
}
