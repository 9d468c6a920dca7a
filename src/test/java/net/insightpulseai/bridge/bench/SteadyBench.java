package net.insightpulseai.bridge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import net.insightpulseai.bridge.bench.Meter.Reading;
import org.springframework.util.FileSystemUtils;

/**
 * {@code make bench-steady}: events come in at a fixed rate while as many get too old, minute by
 * minute: in one table, from which they are deleted, and in partitions, which are archived and
 * dropped. {@code BENCH_MINUTES} says how long each, {@code BENCH_RATE} how fast, {@code
 * BENCH_TABLE} which of them.
 */
public final class SteadyBench {

  private static final int PARTITION = 100_000;
  private static final int STEP = 20_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** As the original contract has it, with a row: a table that is empty becomes partitions. */
  private static final String ONE_TABLE =
      """
      create table public.audit_event (id bigserial primary key, source text not null
        check (source in ('odoo', 'supabase', 'bridge')), event_type text not null, resource_id text,
        payload jsonb not null default '{}', correlation_id uuid not null default gen_random_uuid(),
        created_at timestamptz not null default now());
      insert into public.audit_event (source, event_type) values ('odoo', 'bench.first')
      """;

  /** Behind the partitions that a new installation has, which are larger. */
  private static final String SMALL_PARTITIONS =
      """
      select setval('public.audit_event_id_seq', (select max(until_id) - 1 from bridge.event_partitions())),
             bridge.make_event_partitions(?, ?)
      """;

  /**
   * Events that reach the hour, which is the shortest that retention takes, one after the other.
   */
  private static final String OLD_EVENTS =
      """
      insert into public.audit_event (source, event_type, resource_id, payload, created_at)
      select 'odoo', 'res.partner.updated', (i % 50000)::text, jsonb_build_object('name', 'Acme ' || i, 'email',
             'acme' || i || '@example.test', 'city', 'Brussels', 'credit_limit', i + 0.5),
             now() - interval '59 minutes' + make_interval(secs => i / ?::float8)
        from generate_series(?, ?) i
      """;

  private static final String KEPT =
      """
      select (select max(id) from public.audit_event) - (select min(id) from public.audit_event) + 1 as events,
             pg_database_size(current_database()) / 1e6 as megabytes
      """;

  private SteadyBench() {}

  public static void main(String[] arguments) throws IOException {
    try {
      run();
      System.exit(0);
    } catch (BenchFailure e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run() throws IOException {
    Scale scale = Scale.of(System.getenv());
    int minutes = Scale.number(System.getenv(), "BENCH_MINUTES", scale.quick() ? 2 : 15, 1, 1_440);
    int rate = Scale.number(System.getenv(), "BENCH_RATE", 800, 10, 100_000);
    List<Boolean> tables = tables(System.getenv().getOrDefault("BENCH_TABLE", ""));
    // Those of an earlier run are of another database, and would keep its partitions.
    FileSystemUtils.deleteRecursively(Rig.FOLDER.resolve("archive"));
    Path archive = Files.createDirectories(Rig.FOLDER.resolve("archive"));
    Progress progress = Progress.ofThisProcess();
    List<String> settings =
        List.of(
            "bridge.retention.audit=1h",
            "bridge.retention.interval=10s",
            "bridge.retention.partition-rows=" + PARTITION,
            "bridge.retention.archive-to=" + archive.toAbsolutePath());
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(Rig.FOLDER.resolve("steady.txt")), true, UTF_8)) {
      for (boolean partitions : tables) {
        try (Rig rig = new Rig(scale.withSettings(settings), progress)) {
          rig.prepare(System.getenv());
          if (!partitions) {
            rig.database().jdbc().execute(ONE_TABLE);
          }
          rig.start();
          progress.phase("warm-up");
          new Runs(rig).warmUp();
          rig.clear();
          fill(rig, partitions, rate, minutes);
          print(
              out,
              "%s, %d events a second".formatted(partitions ? "partitions" : "one table", rate));
          for (int minute = 1; minute <= minutes; minute++) {
            print(out, minute(rig, rate, minute));
          }
        } finally {
          progress.end();
        }
      }
    }
  }

  /** Whether each of them has partitions. */
  private static List<Boolean> tables(String name) {
    return switch (name) {
      case "" -> List.of(false, true);
      case "one" -> List.of(false);
      case "partitions" -> List.of(true);
      default ->
          throw new BenchFailure(
              "BENCH_TABLE: found '%s', expected one, partitions or nothing".formatted(name));
    };
  }

  private static void fill(Rig rig, boolean partitions, int rate, int minutes) {
    int events = Math.max(PARTITION, rate * 60 * minutes);
    rig.progress().phase("%,d events of an hour ago".formatted(events));
    var jdbc = rig.database().jdbc();
    if (partitions) {
      jdbc.queryForList(SMALL_PARTITIONS, PARTITION, events / PARTITION + 20);
    }
    for (int first = 1; first <= events; first += STEP) {
      jdbc.update(OLD_EVENTS, rate, first, Math.min(events, first + STEP - 1));
      rig.progress().done((double) first / events);
    }
    jdbc.execute("vacuum analyze public.audit_event");
  }

  private static String minute(Rig rig, int rate, int minute) {
    rig.progress().phase("minute " + minute);
    SignedEvents events = rig.events(Runs.RECORDS).prepare(rate * 60);
    Reading before = rig.meter().read();
    Load load =
        rig.load()
            .open(events, rate, MINUTE, (event, due) -> {}, rig.progress()::done)
            .requireAllTaken();
    Reading now = rig.meter().read();
    var kept = rig.database().jdbc().queryForMap(KEPT);
    return String.format(
        Locale.ROOT,
        "%3d  %,6.0f/s  p50 %,5.1f ms  p99 %,7.1f ms  CPU an event: bridge %,4.0f us, PostgreSQL %,4.0f us  %,10d events  %,7.0f MB",
        minute,
        load.rate(),
        load.milliseconds(50),
        load.milliseconds(99),
        micros(before.bridge(), now.bridge(), load.taken()),
        micros(before.postgres(), now.postgres(), load.taken()),
        ((Number) kept.get("events")).longValue(),
        ((Number) kept.get("megabytes")).doubleValue());
  }

  /** Of processor time, each; NaN where it is not known. */
  private static double micros(OptionalDouble before, OptionalDouble now, long count) {
    return before.isPresent() && now.isPresent()
        ? (now.getAsDouble() - before.getAsDouble()) * 1e6 / count
        : Double.NaN;
  }

  private static void print(PrintStream file, String line) {
    System.out.println(line);
    file.println(line);
  }
}
