package net.insightpulseai.bridge.reload;

import java.nio.file.Path;
import net.insightpulseai.bridge.history.StoredVersion;
import org.jspecify.annotations.Nullable;

/** Why a recorded version must not run, whatever it holds. */
final class StoredFault {

  private StoredFault() {}

  /**
   * In words; null if there is nothing against it.
   *
   * @param folder of the routes; null if they are not all in one
   * @param version null if there is none of its number
   */
  static @Nullable String of(@Nullable Path folder, @Nullable StoredVersion version) {
    if (version == null) {
      return "there is no such version, or none any more";
    }
    if (folder == null) {
      return "camel.main.routes-include-pattern names something else than all files of one folder";
    }
    return version.genuine()
        ? null
        : "it was not recorded by a bridge with one of the secrets that are set now, so it is not run; if"
            + " BRIDGE_ENCRYPTION_KEY was replaced, keep the old key behind the new one for a while";
  }
}
