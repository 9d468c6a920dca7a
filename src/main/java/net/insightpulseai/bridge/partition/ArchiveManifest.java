package net.insightpulseai.bridge.partition;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import net.insightpulseai.bridge.archive.ArchiveStore;
import net.insightpulseai.bridge.config.StartRefused;
import org.jspecify.annotations.Nullable;

/**
 * What an archive of a partition holds, in a file beside it.
 *
 * @param partition the name of the partition in schema {@code bridge}, without the schema
 * @param fromId the first id that the partition could have; null: it had no lower bound
 * @param untilId the first id beyond it
 * @param events how many lines there are, one event each
 * @param firstId the lowest id; null without an event
 * @param lastId the highest id; null without an event
 * @param lastAt when that event was stored, in UTC, to the microsecond: it tells databases apart;
 *     null without an event
 * @param sha256 of the compressed file, in hexadecimal digits
 * @param writtenAt when it was complete, in UTC
 */
record ArchiveManifest(
    @JsonProperty("partition") String partition,
    @JsonProperty("from_id") @Nullable Long fromId,
    @JsonProperty("until_id") long untilId,
    @JsonProperty("events") long events,
    @JsonProperty("first_id") @Nullable Long firstId,
    @JsonProperty("last_id") @Nullable Long lastId,
    @JsonProperty("last_at") @Nullable String lastAt,
    @JsonProperty("sha256") String sha256,
    @JsonProperty("written_at") String writtenAt) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = ".ndjson.gz";
  private static final int LARGEST = 10_000;
  private static final String NAME = "audit_event_[0-9]{1,19}";

  /** The file of the events of a partition. */
  static String data(String partition) {
    return partition + DATA;
  }

  /** The file of the manifest. It is written last: without it, there is no archive. */
  static String manifest(String partition) {
    return partition + ".json";
  }

  /**
   * The partition that a file holds.
   *
   * @throws StartRefused if the name is not one of a file of events
   */
  static String partition(String data) {
    String partition = data.endsWith(DATA) ? data.substring(0, data.length() - DATA.length()) : "";
    if (!partition.matches(NAME)) {
      throw new StartRefused("The archive", data, "a file such as audit_event_1000000" + DATA);
    }
    return partition;
  }

  /**
   * Reads the manifest of an archive.
   *
   * @throws IOException if the store does not answer
   * @throws StartRefused if there is none, or it is not one
   */
  static ArchiveManifest read(ArchiveStore store, String partition) throws IOException {
    String name = manifest(partition);
    ArchiveManifest read;
    if (!store.has(name)) {
      throw unreadable(store.at(name));
    }
    try (InputStream file = store.read(name)) {
      read = JSON.readValue(file.readNBytes(LARGEST), ArchiveManifest.class);
    } catch (JacksonException e) {
      throw unreadable(store.at(name));
    }
    if (!partition.equals(read.partition())) {
      throw new StartRefused("The manifest " + store.at(name), read.partition(), partition);
    }
    return read;
  }

  private static StartRefused unreadable(String name) {
    return new StartRefused(
        "The manifest " + name, "nothing that can be read", "the one that was written with it");
  }

  /**
   * Reads the file of the events.
   *
   * @throws IOException if it cannot be read
   * @throws StartRefused if it is another one than this manifest was written with
   */
  void requireWhole(ArchiveStore store) throws IOException {
    MessageDigest digest = digest();
    try (InputStream file = new DigestInputStream(store.read(data(partition)), digest)) {
      file.transferTo(OutputStream.nullOutputStream());
    }
    requireSum(digest, store);
  }

  /**
   * Compares the sum of what was read.
   *
   * @throws StartRefused if it is another one
   */
  void requireSum(MessageDigest read, ArchiveStore store) {
    String sum = HexFormat.of().formatHex(read.digest());
    if (!sum.equals(sha256)) {
      throw new StartRefused(
          "The archive " + store.at(data(partition)),
          "SHA-256 " + sum,
          sha256 + ", as its manifest says");
    }
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] bytes() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }
}
