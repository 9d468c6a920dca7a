package net.insightpulseai.bridge.archive;

import java.nio.file.Path;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.stereotype.Component;

/** Opens the places of archives. Nothing is connected, and no class for S3 loaded, before. */
@Component
public final class ArchiveStores {

  private final ArchiveSettings settings;
  private final PlaintextHosts plaintext;

  /**
   * @param plaintext the hosts that may be called without TLS
   */
  public ArchiveStores(ArchiveSettings settings, PlaintextHosts plaintext) {
    this.settings = settings;
    this.plaintext = plaintext;
  }

  /**
   * Opens a place, to be closed by the caller.
   *
   * @param place the path of a folder, or {@code s3://bucket/prefix}
   * @throws StartRefused if it is an address without its form, or without a region
   */
  public ArchiveStore open(String place) {
    if (!ArchivePlace.isBucket(place)) {
      return new FolderStore(Path.of(place));
    }
    S3Address address = S3Address.of(place);
    if (address == null) {
      throw new StartRefused("The archive", place, "s3://bucket/prefix");
    }
    return S3Store.open(address, settings, plaintext);
  }
}
