package net.insightpulseai.bridge.reload;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.history.Difference;
import net.insightpulseai.bridge.history.Pin;
import net.insightpulseai.bridge.history.Pins;
import net.insightpulseai.bridge.history.StoredVersion;
import net.insightpulseai.bridge.history.Versions;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.routecheck.Finding;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An operator returns to a recorded version of the routes, on all replicas, and back. */
@Component
class Rollback {

  private final RouteReload reload;
  private final PinState state;
  private final Pinning pinning;
  private final Pins pins;
  private final Versions versions;
  private final ReloadReport report;

  Rollback(
      RouteReload reload,
      PinState state,
      Pinning pinning,
      Pins pins,
      Versions versions,
      ReloadReport report) {
    this.reload = reload;
    this.state = state;
    this.pinning = pinning;
    this.pins = pins;
    this.versions = versions;
    this.report = report;
  }

  /**
   * What a rollback did.
   *
   * @param patch what makes the folder what runs now; empty if it is that already
   */
  record Done(Pin pin, String patch) {}

  /**
   * Pins a version.
   *
   * @throws Refusal 404 if there is none of this number, 409 if it cannot run
   */
  Done to(long id, Operator operator) {
    StoredVersion version = version(id);
    require("version_refused", reload.faultsOf(id, version));
    Pin before = pins.current();
    Pin pin = pins.set(id, reload.folderSnapshot().hash(), operator.who(), operator.why());
    List<Finding> faults = pinning.honour(pin, version);
    if (!faults.isEmpty()) {
      putBack(pin, before);
      require("version_refused", faults);
    }
    report.pinSet(pin);
    return new Done(pin, difference(reload.folderSnapshot().files(), version.files().files()));
  }

  /** Replicas may have followed the pin already: a new one leads them back to that before. */
  private void putBack(Pin pin, @Nullable Pin before) {
    if (before == null) {
      pins.lift(pin);
      return;
    }
    Pin again = pins.set(before.version(), before.folders().get(0), before.who(), before.why());
    before.folders().stream().skip(1).forEach(folder -> pins.join(again, folder));
  }

  /** Lifts the pin, so that the routes of the folder run again. */
  void unpin(Operator operator) {
    Pin pin = pins.current();
    if (pin == null) {
      throw new Refusal(409, "not_pinned", "No version of the routes is pinned");
    }
    require("folder_refused", reload.check().stream().filter(Finding::refused).toList());
    if (pins.lift(pin)) {
      report.unpinned(pin, operator.who(), operator.why());
    }
    pinning.follow();
  }

  private static void require(String code, List<Finding> faults) {
    if (!faults.isEmpty()) {
      throw new Refusal(
          409,
          code,
          faults.stream().map(Finding::toString).collect(Collectors.joining("; "))
              + "; what runs goes on unchanged");
    }
  }

  /** The pin whose version runs here; null if none. */
  @Nullable Pin pin() {
    return state.honoured();
  }

  /**
   * A recorded version.
   *
   * @throws Refusal 404 if there is none of this number
   */
  StoredVersion version(long id) {
    StoredVersion version = versions.find(id);
    if (version == null) {
      throw PathPart.notFound("There is no version " + id + " of the routes, or none any more");
    }
    return version;
  }

  /**
   * A version with what is different from another one.
   *
   * @param against the other one; null if it is not there any more
   * @param patch null without another one
   */
  record Compared(StoredVersion version, @Nullable Long against, @Nullable String patch) {}

  /**
   * Compares two versions.
   *
   * @param against null for the one before
   * @throws Refusal 404 if one of those that are named is not there
   */
  Compared compare(long id, @Nullable Long against) {
    StoredVersion version = version(id);
    StoredVersion other = against == null ? versions.find(version.previous()) : version(against);
    return other == null
        ? new Compared(version, null, null)
        : new Compared(
            version, other.id(), difference(other.files().files(), version.files().files()));
  }

  private String difference(SortedMap<String, String> before, SortedMap<String, String> after) {
    return Difference.between(Difference.name(reload.folder()), before, after);
  }
}
