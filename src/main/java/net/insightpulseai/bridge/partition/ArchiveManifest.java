package net.insightpulseai.bridge.partition;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    @JsonProperty("sha256") String sha256,
    @JsonProperty("written_at") String writtenAt) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = ".ndjson.gz";
  private static final String NAME = "audit_event_[0-9]{1,19}";

  /** The file of the events of a partition. */
  static Path data(Path folder, String partition) {
    return folder.resolve(partition + DATA);
  }

  /** The file of the manifest. It is written last: without it, there is no archive. */
  static Path manifest(Path folder, String partition) {
    return folder.resolve(partition + ".json");
  }

  /**
   * Reads the manifest of an archive.
   *
   * @param data the file of the events
   * @throws StartRefused if there is none, or it is not one
   */
  static ArchiveManifest of(Path data) {
    String name = String.valueOf(data.getFileName());
    String partition = name.endsWith(DATA) ? name.substring(0, name.length() - DATA.length()) : "";
    Path folder = data.toAbsolutePath().getParent();
    if (!partition.matches(NAME) || folder == null) {
      throw new StartRefused("The archive", name, "a file such as audit_event_1000000" + DATA);
    }
    Path file = manifest(folder, partition);
    try {
      ArchiveManifest read = JSON.readValue(Files.readAllBytes(file), ArchiveManifest.class);
      if (!partition.equals(read.partition())) {
        throw new StartRefused("The manifest " + file, read.partition(), partition);
      }
      return read;
    } catch (IOException e) {
      throw new StartRefused(
          "The manifest " + file, "nothing that can be read", "the one that was written with it");
    }
  }

  byte[] bytes() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }
}
