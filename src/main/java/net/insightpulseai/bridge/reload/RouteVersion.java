package net.insightpulseai.bridge.reload;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.insightpulseai.bridge.history.AppliedVersion;
import net.insightpulseai.bridge.history.Snapshot;
import net.insightpulseai.bridge.routecheck.RouteFile;
import org.jspecify.annotations.Nullable;

/**
 * All route files as they are at one time.
 *
 * @param snapshot the same for the same files, on every replica
 * @param at when they were applied
 * @param change what was different from those before, in words
 */
record RouteVersion(List<RouteFile> files, Snapshot snapshot, Instant at, String change) {

  static RouteVersion of(Path folder, List<RouteFile> files, Instant at, String change) {
    return new RouteVersion(List.copyOf(files), Snapshot.of(folder, files), at, change);
  }

  /** As it is shown to people. */
  String hash() {
    return snapshot.shown();
  }

  AppliedVersion applied(@Nullable String who) {
    return new AppliedVersion(snapshot, at, who, change);
  }
}
