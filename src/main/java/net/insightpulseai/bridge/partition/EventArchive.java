package net.insightpulseai.bridge.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Partitions of events as compressed files, one JSON object a line with all columns. A file has its
 * name only when it is complete and on the disk, and its manifest after that.
 */
final class EventArchive {

  /** An event may take a megabyte. */
  private static final int PAGE = 100;

  private static final String RESTORED = "restored from an archive";

  private final JdbcTemplate jdbc;
  private final Clock clock;

  /**
   * @param jdbc connects as the owner of the table
   */
  EventArchive(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private void requireSame(String partition, Path data) throws IOException {
    ArchiveManifest there = ArchiveManifest.of(data);
    boolean same =
        Boolean.TRUE.equals(
            jdbc.queryForObject(
                SqlFile.read("partition/counted", Map.of("partition", "bridge." + partition)),
                (row, n) ->
                    row.getLong("events") == there.events()
                        && Objects.equals(row.getObject("first_id", Long.class), there.firstId())
                        && Objects.equals(row.getObject("last_id", Long.class), there.lastId())));
    if (!same) {
      throw new IOException(
          data
              + " holds other events than bridge."
              + partition
              + ": is it of another database? Move it away, or use another folder");
    }
  }

  /** The full partitions in schema {@code bridge}, oldest first, without the schema. */
  List<String> full() {
    return jdbc.queryForList(SqlFile.read("partition/full"), String.class);
  }

  /**
   * Writes a partition, unless it is there already.
   *
   * @param partition its name, one of {@link #full}
   * @param folder where to; it exists
   * @return what was written; null if it was there
   * @throws IOException if it cannot be written, or what is there holds other events: it may be of
   *     another database, whose partitions have the same names
   */
  @Nullable ArchiveManifest write(String partition, Path folder) throws IOException {
    Path data = ArchiveManifest.data(folder, partition);
    if (Files.exists(ArchiveManifest.manifest(folder, partition)) && Files.exists(data)) {
      requireSame(partition, data);
      return null;
    }
    Bounds bounds =
        Objects.requireNonNull(
            jdbc.queryForObject(
                SqlFile.read("partition/bounds"),
                (row, n) ->
                    new Bounds(row.getObject("from_id", Long.class), row.getLong("until_id")),
                partition));
    // Names of its own, because another replica may write the same partition at the same time.
    Path part = Files.createTempFile(folder, partition + "-", ".part");
    Path note = Files.createTempFile(folder, partition + "-", ".part");
    try {
      MessageDigest digest = sha256();
      long[] ids = new long[2];
      long events;
      try (OutputStream file =
          new GZIPOutputStream(
              new DigestOutputStream(
                  new BufferedOutputStream(Files.newOutputStream(part)), digest))) {
        events = lines(partition, file, ids);
      }
      ArchiveManifest manifest =
          new ArchiveManifest(
              partition,
              bounds.fromId(),
              bounds.untilId(),
              events,
              events == 0 ? null : ids[0],
              events == 0 ? null : ids[1],
              HexFormat.of().formatHex(digest.digest()),
              clock.instant().toString());
      keep(part, data);
      Files.write(note, manifest.bytes());
      keep(note, ArchiveManifest.manifest(folder, partition));
      return manifest;
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(note);
    }
  }

  private long lines(String partition, OutputStream file, long[] ids) throws IOException {
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
        ids[0] = events++ == 0 ? after : ids[0];
        ids[1] = after;
      }
      if (page.size() < PAGE) {
        return events;
      }
    }
  }

  private record Bounds(@Nullable Long fromId, long untilId) {}

  private record Line(long id, String text) {}

  /** On the disk before it has its name. */
  private static void keep(Path from, Path to) throws IOException {
    try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Stores the events of an archive again, under their ids and as the partition that they were, all
   * or nothing. No delivery is made of them. Retention leaves the partition alone.
   *
   * @param data the file of the events, with its manifest beside it
   * @return the manifest
   * @throws StartRefused if the file is not what the manifest says, or its ids are there
   */
  ArchiveManifest restore(Path data) throws IOException {
    ArchiveManifest manifest = ArchiveManifest.of(data);
    String sum = sum(data);
    if (!sum.equals(manifest.sha256())) {
      throw new StartRefused(
          "The archive " + data, "SHA-256 " + sum, manifest.sha256() + ", as its manifest says");
    }
    String there =
        jdbc.queryForObject(
            SqlFile.read("partition/overlap"),
            String.class,
            manifest.fromId(),
            manifest.untilId(),
            manifest.partition());
    if (there != null) {
      throw new StartRefused(
          "The archive " + data, "its ids in " + there, "no partition for them in the database");
    }
    String partition = manifest.partition();
    jdbc.execute(SqlFile.read("partition/create", Map.of("partition", partition)));
    String insert = SqlFile.read("partition/restore", Map.of("partition", partition));
    long events = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(data)), UTF_8))) {
      List<Object[]> page = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        page.add(new Object[] {line});
        events++;
        if (page.size() == PAGE) {
          jdbc.batchUpdate(insert, page);
          page.clear();
        }
      }
      jdbc.batchUpdate(insert, page);
    }
    if (events != manifest.events()) {
      throw new StartRefused(
          "The archive " + data, events + " events", manifest.events() + ", as its manifest says");
    }
    String from = manifest.fromId() == null ? "minvalue" : manifest.fromId().toString();
    String until = String.valueOf(manifest.untilId());
    jdbc.execute(
        SqlFile.read(
            "partition/attach", Map.of("partition", partition, "from", from, "until", until)));
    jdbc.execute(
        SqlFile.read(
            "partition/mark", Map.of("partition", "bridge." + partition, "mark", RESTORED)));
    return manifest;
  }

  private static String sum(Path data) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream file =
        new DigestInputStream(new BufferedInputStream(Files.newInputStream(data)), digest)) {
      file.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
