package net.insightpulseai.bridge.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import net.insightpulseai.bridge.archive.ArchiveStore;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;

/** Stores archives of events again. */
final class EventRestore {

  private static final int PAGE = 100;
  private static final String RESTORED = "restored from an archive";

  private final JdbcTemplate jdbc;

  /**
   * @param jdbc connects as the owner of the table, in a transaction
   */
  EventRestore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Stores the events of an archive again, under their ids and as the partition that they were, all
   * or nothing. No delivery is made of them. Retention leaves the partition alone.
   *
   * @param partition its name
   * @return the manifest
   * @throws IOException if it cannot be read
   * @throws StartRefused if the file is not what the manifest says, or its ids are there
   */
  ArchiveManifest restore(String partition, ArchiveStore store) throws IOException {
    String data = ArchiveManifest.data(partition);
    ArchiveManifest manifest = ArchiveManifest.read(store, partition);
    manifest.requireWhole(store);
    String there =
        jdbc.queryForObject(
            SqlFile.read("partition/overlap"),
            String.class,
            manifest.fromId(),
            manifest.untilId(),
            partition);
    if (there != null) {
      throw new StartRefused(
          "The archive " + store.at(data),
          "its ids in " + there,
          "no partition for them in the database");
    }
    jdbc.execute(SqlFile.read("partition/create", Map.of("partition", partition)));
    // It may be another one than a moment ago.
    MessageDigest digest = ArchiveManifest.digest();
    long events;
    try (InputStream file = new DigestInputStream(store.read(data), digest)) {
      events = insert(partition, file);
      file.transferTo(OutputStream.nullOutputStream());
    }
    manifest.requireSum(digest, store);
    if (events != manifest.events()) {
      throw new StartRefused(
          "The archive " + store.at(data),
          events + " events",
          manifest.events() + ", as its manifest says");
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

  private long insert(String partition, InputStream file) throws IOException {
    String insert = SqlFile.read("partition/restore", Map.of("partition", partition));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), UTF_8));
    long events = 0;
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
    return events;
  }
}
