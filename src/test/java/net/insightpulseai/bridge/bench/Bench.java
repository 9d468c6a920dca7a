package net.insightpulseai.bridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.Map;

/**
 * {@code make bench}: measures the packaged bridge on this machine, prints a table, and writes it
 * with a plot to {@code target/bench}. Settings are environment variables; see {@link Scale}.
 */
public final class Bench {

  private Bench() {}

  public static void main(String[] arguments) throws IOException {
    try {
      run(Scale.of(System.getenv()), System.getenv());
      System.exit(0);
    } catch (BenchFailure e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Scale scale, Map<String, String> environment) throws IOException {
    Files.createDirectories(Rig.FOLDER);
    double loadBefore = Facts.loadAverage();
    Progress progress = Progress.ofThisProcess();
    try (Rig rig = new Rig(scale, progress)) {
      try {
        rig.prepare(environment);
        measure(rig);
      } catch (RuntimeException e) {
        // Ctrl-C takes everything away while it is used.
        if (!rig.isEnding()) {
          throw e;
        }
      } finally {
        progress.end();
        // What was measured before a failure may have taken an hour.
        if (!rig.figures().all().isEmpty() && !rig.isEnding()) {
          report(Report.of(rig, Rig.JAR, loadBefore));
        }
      }
    }
  }

  private static void report(Report report) throws IOException {
    report.write(Rig.FOLDER);
    System.out.print(ReportTable.of(report));
    System.err.printf("Written to %1$s/bench.json and %1$s/bench.svg%n", Rig.FOLDER);
  }

  private static void measure(Rig rig) {
    Scale scale = rig.scale();
    rig.figures().add("start", "start to ready", Unit.SECONDS, rig.start().toMillis() / 1e3);
    Runs runs = new Runs(rig);
    Map<MeasureName, Runnable> measures = measures(rig, runs);
    for (MeasureName name : MeasureName.values()) {
      if (scale.measures(name)) {
        rig.progress().phase(name.key() + ": " + name.text());
        measures.get(name).run();
      }
      if (name == MeasureName.COLD) {
        rig.progress().phase("warm-up");
        runs.warmUp();
      }
    }
    Processes.residentMegabytes(rig.bridge().process().pid())
        .ifPresent(
            megabytes ->
                rig.figures()
                    .add("start", "memory after the run (RSS)", Unit.MEGABYTES, megabytes));
  }

  private static Map<MeasureName, Runnable> measures(Rig rig, Runs runs) {
    IngestMeasures ingest = new IngestMeasures(rig, runs);
    QueueMeasures queues = new QueueMeasures(rig, runs);
    Map<MeasureName, Runnable> measures = new EnumMap<>(MeasureName.class);
    measures.put(MeasureName.COLD, ingest::cold);
    measures.put(MeasureName.INGEST, ingest::warm);
    measures.put(MeasureName.PACE, ingest::pace);
    measures.put(MeasureName.SUBSCRIBERS, ingest::subscribers);
    measures.put(MeasureName.DRAIN, queues::drain);
    measures.put(MeasureName.FANOUT, queues::fanOut);
    measures.put(MeasureName.LATENCY, queues::latency);
    measures.put(MeasureName.HOT, queues::hot);
    measures.put(MeasureName.SLOW, new SlowSubscriberMeasure(rig)::run);
    measures.put(MeasureName.GROWTH, new GrowthMeasure(rig, runs)::run);
    measures.put(MeasureName.DROP, new DropMeasure(rig, runs)::run);
    measures.put(MeasureName.STREAM, new StreamMeasure(rig, runs)::run);
    measures.put(MeasureName.REPLICAS, new ReplicasMeasure(rig, runs)::run);
    return measures;
  }
}
