package net.insightpulseai.bridge.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import net.insightpulseai.bridge.archive.ArchiveFile;
import net.insightpulseai.bridge.archive.ArchiveStore;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Partitions of events as compressed files, one JSON object a line with all columns. A file has its
 * name only when it is complete and on the disk, and its manifest after that.
 */
final class EventArchive {

  /** An event may take a megabyte. */
  private static final int PAGE = 100;

  /** So many ids. */
  private static final long COUNTED_AT_ONCE = 500_000;

  private final JdbcTemplate jdbc;
  private final Clock clock;

  /**
   * @param jdbc connects as the owner of the table
   */
  EventArchive(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The full partitions in schema {@code bridge}, oldest first, without the schema. */
  List<String> full() {
    return jdbc.queryForList(SqlFile.read("partition/full"), String.class);
  }

  /**
   * Writes a partition, unless it is there already.
   *
   * @param partition its name, one of {@link #full}
   * @return what was written; null if it was there
   * @throws IOException if it cannot be written, or what is there holds other events: it may be of
   *     another database, whose partitions have the same names
   * @throws DataAccessException if somebody still writes into it (55P03)
   */
  @Nullable ArchiveManifest write(String partition, ArchiveStore store) throws IOException {
    String data = ArchiveManifest.data(partition);
    if (store.has(ArchiveManifest.manifest(partition)) && store.has(data)) {
      requireSame(ArchiveManifest.read(store, partition), store);
      return null;
    }
    awaitWriters("bridge." + partition);
    Bounds bounds =
        Objects.requireNonNull(
            jdbc.queryForObject(
                SqlFile.read("partition/bounds"),
                (row, n) ->
                    new Bounds(row.getObject("from_id", Long.class), row.getLong("until_id")),
                partition));
    ArchiveManifest manifest;
    try (ArchiveFile file = store.create(data)) {
      MessageDigest digest = ArchiveManifest.digest();
      long events;
      try (OutputStream lines =
          new GZIPOutputStream(new DigestOutputStream(file.stream(), digest))) {
        events = lines(partition, lines);
      }
      Counted counted = counted(partition);
      manifest =
          new ArchiveManifest(
              partition,
              bounds.fromId(),
              bounds.untilId(),
              events,
              counted.ends().firstId(),
              counted.ends().lastId(),
              counted.ends().lastAt(),
              HexFormat.of().formatHex(digest.digest()),
              clock.instant().toString());
      if (!counted.isOf(manifest)) {
        throw new IOException(
            "bridge." + partition + " has changed while it was archived; begin again");
      }
      file.keep();
    }
    try (ArchiveFile file = store.create(ArchiveManifest.manifest(partition))) {
      file.stream().write(manifest.bytes());
      file.keep();
    }
    return manifest;
  }

  /**
   * Waits until all who write into a full partition have ended.
   *
   * @param table its name, with the schema
   * @throws DataAccessException if one of them takes longer than five seconds (55P03)
   */
  void awaitWriters(String table) {
    jdbc.execute(SqlFile.read("partition/await_writers", Map.of("partition", table)));
  }

  /**
   * Reads back what is in a store, and compares it with its manifest, and that with the partition.
   *
   * @throws IOException if it cannot be read
   * @throws StartRefused if it is not what it should be
   */
  void check(String partition, ArchiveStore store) throws IOException {
    ArchiveManifest manifest = ArchiveManifest.read(store, partition);
    requireSame(manifest, store);
    manifest.requireWhole(store);
  }

  private void requireSame(ArchiveManifest there, ArchiveStore store) throws IOException {
    if (!counted(there.partition()).isOf(there)) {
      throw new IOException(
          store.at(ArchiveManifest.data(there.partition()))
              + " holds other events than bridge."
              + there.partition()
              + ": is it of another database? Move it away, or use another place");
    }
  }

  /**
   * Counts in steps: a partition of a thousand million events takes longer than a statement may.
   */
  private Counted counted(String partition) {
    Map<String, String> name = Map.of("partition", "bridge." + partition);
    Ends ends =
        Objects.requireNonNull(
            jdbc.queryForObject(
                SqlFile.read("partition/ends", name),
                (row, n) ->
                    new Ends(
                        row.getObject("first_id", Long.class),
                        row.getObject("last_id", Long.class),
                        row.getString("last_at"))));
    long events = 0;
    if (ends.firstId != null && ends.lastId != null) {
      String count = SqlFile.read("partition/count", name);
      for (long from = ends.firstId; from <= ends.lastId; from += COUNTED_AT_ONCE) {
        events +=
            Objects.requireNonNull(
                jdbc.queryForObject(count, Long.class, from, from + COUNTED_AT_ONCE));
      }
    }
    return new Counted(events, ends);
  }

  private record Ends(@Nullable Long firstId, @Nullable Long lastId, @Nullable String lastAt) {}

  private record Counted(long events, Ends ends) {

    boolean isOf(ArchiveManifest manifest) {
      return events == manifest.events()
          && ends.equals(new Ends(manifest.firstId(), manifest.lastId(), manifest.lastAt()));
    }
  }

  private long lines(String partition, OutputStream file) throws IOException {
    String sql = SqlFile.read("partition/lines", Map.of("partition", partition));
    long events = 0;
    long after = Long.MIN_VALUE;
    while (true) {
      List<Line> page =
          jdbc.query(
              sql, (row, n) -> new Line(row.getLong("id"), row.getString("line")), after, PAGE);
      for (Line line : page) {
        file.write(line.text().getBytes(UTF_8));
        file.write('\n');
        after = line.id();
        events++;
      }
      if (page.size() < PAGE) {
        return events;
      }
    }
  }

  private record Bounds(@Nullable Long fromId, long untilId) {}

  private record Line(long id, String text) {}
}
