package net.insightpulseai.bridge.history;

import java.time.Instant;
import java.util.List;

/**
 * A version that runs on every replica, whatever is in its folder.
 *
 * @param id a later pin has a higher one
 * @param version the number of the version
 * @param folders the hashes of what was in the replicas' folders when it was set
 * @param who set it
 * @param why for the record
 * @param at when
 */
public record Pin(long id, long version, List<String> folders, String who, String why, Instant at) {

  /** In words. */
  @Override
  public String toString() {
    return "version %d, pinned by %s: %s".formatted(version, who, why);
  }
}
