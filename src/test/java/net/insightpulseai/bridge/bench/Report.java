package net.insightpulseai.bridge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run has found, with what it depends on.
 *
 * @param notes what a reader must know to judge the figures
 */
record Report(
    Instant madeAt,
    Map<String, Object> bridge,
    Map<String, Object> machine,
    Map<String, Object> database,
    Map<String, Object> scale,
    List<String> notes,
    List<Figure> figures) {

  private static final int FORMAT = 1;

  static Report of(Rig rig, Path jar, double loadBefore) {
    Map<String, Object> machine = Facts.machine();
    machine.put("load_average_before", loadBefore);
    return new Report(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        Facts.bridge(jar),
        machine,
        Facts.database(rig.database()),
        scale(rig.scale()),
        notes(rig, loadBefore),
        rig.figures().all());
  }

  /** The same as JSON, as {@code src/test/resources/bench/report.schema.json} describes it. */
  String json() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format", FORMAT);
    all.put("made_at", madeAt.toString());
    all.put("bridge", bridge);
    all.put("machine", machine);
    all.put("database", database);
    all.put("scale", scale);
    all.put("notes", notes);
    all.put("figures", figures.stream().map(Report::json).toList());
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all)
        + "\n";
  }

  /** One line: where the figures come from. */
  String origin() {
    return "odoo-supabase-bridge %s, %s, %s cores, PostgreSQL %s %s (round trip %s ms), %s, %s"
        .formatted(
            bridge.get("version"),
            machine.get("processor"),
            machine.get("cores"),
            database.get("server_version"),
            database.get("where"),
            Unit.MILLISECONDS.write((double) database.get("round_trip_ms")),
            machine.get("java"),
            madeAt);
  }

  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("bench.json"), json());
    Files.writeString(folder.resolve("bench.svg"), new Plot(this).svg());
  }

  private static Map<String, Object> json(Figure figure) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("measure", figure.measure());
    all.put("label", figure.label());
    all.put("unit", figure.unit().text());
    all.put("median", figure.median());
    all.put("rounds", figure.rounds());
    return all;
  }

  static Map<String, Object> scale(Scale scale) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("quick", scale.quick());
    all.put("measures", scale.only().stream().map(MeasureName::key).toList());
    all.put("rounds", scale.rounds());
    all.put("seconds", scale.seconds());
    all.put("warm_up_seconds", scale.warmUp());
    all.put("connections", scale.connections());
    all.put("queued_rows", scale.queued());
    all.put("queued_rows_of_one_record", scale.hot());
    all.put("finished_rows", scale.finished());
    all.put("java_flags", scale.javaFlags());
    all.put("settings", scale.settings());
    return all;
  }

  private static List<String> notes(Rig rig, double loadBefore) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "The bridge, the load generator, the sink%s share this machine: rates are those of all of them together."
            .formatted(rig.database().isLocal() ? " and PostgreSQL" : ""));
    if (rig.database().isEmbedded()) {
      notes.add(
          "PostgreSQL is the embedded one with its default settings; set BENCH_DB_URL to measure your own.");
    }
    if (!rig.meter().seesPostgres()) {
      notes.add(
          "PostgreSQL's processor time is left out: its processes are not visible from here.");
    }
    if (rig.scale().quick()) {
      notes.add("A quick run: few rows and short rounds, before the JVM is warm.");
    }
    if (loadBefore > Facts.cores() / 2.0) {
      notes.add(
          "The machine was busy before the run (load average %.1f on %d cores): compare ratios and CPU, not rates."
              .formatted(loadBefore, Facts.cores()));
    }
    return notes;
  }
}
