package net.insightpulseai.bridge.bench;

import static net.insightpulseai.bridge.bench.MeasureName.DROP;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether callers notice that a partition of old events is detached and dropped. */
final class DropMeasure {

  // bridge.make_event_partitions takes no smaller one.
  private static final int SMALLEST = 100_000;
  private static final String ALONE = "an event, p99";
  private static final String BESIDE = "an event, p99, while the partition is dropped";

  private final Rig rig;
  private final Runs runs;

  DropMeasure(Rig rig, Runs runs) {
    this.rig = rig;
    this.runs = runs;
  }

  void run() {
    Figures figures = rig.figures();
    int seconds = rig.scale().seconds();
    int size = Math.max(SMALLEST, rig.scale().finished());
    for (int round = 1; round <= rig.scale().rounds(); round++) {
      rig.clear();
      rig.progress().phase("drop: %,d events into a partition".formatted(size));
      new FinishedRows(rig.database()).fillPartition(size, rig.progress());
      rig.rows().vacuum();
      rig.progress().phase("drop: the partition, beside ingest");
      Load alone = runs.ingest(seconds);
      CompletableFuture<Double> dropped =
          CompletableFuture.supplyAsync(
              () -> {
                Pause.of(Duration.ofSeconds(seconds).dividedBy(3));
                return drop();
              });
      Load beside = runs.ingest(seconds);
      figures.add(DROP, "events, no drop", Unit.PER_SECOND, alone.rate());
      figures.add(DROP, "events, with a drop", Unit.PER_SECOND, beside.rate());
      figures.add(DROP, ALONE, Unit.MILLISECONDS, alone.milliseconds(99));
      figures.add(DROP, BESIDE, Unit.MILLISECONDS, beside.milliseconds(99));
      figures.add(DROP, "detach and drop", Unit.MILLISECONDS, dropped.join());
    }
    rig.clear();
    figures.derive(
        DROP,
        "p99 with the drop / without",
        figures.median(DROP, BESIDE) / figures.median(DROP, ALONE));
  }

  /** With the statements of the bridge, on the oldest partition that has events. */
  private double drop() {
    JdbcTemplate jdbc = rig.database().jdbc();
    String partition =
        jdbc.queryForObject(
            "select min(tableoid::regclass::text) from public.audit_event"
                + " where id = (select min(id) from public.audit_event)",
            String.class);
    long start = System.nanoTime();
    for (String statement : List.of("detach", "drop")) {
      jdbc.execute(SqlFile.read("partition/" + statement, Map.of("partition", partition)));
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
