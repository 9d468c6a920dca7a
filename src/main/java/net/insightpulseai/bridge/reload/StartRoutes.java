package net.insightpulseai.bridge.reload;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.insightpulseai.bridge.config.RootCause;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.history.Pin;
import net.insightpulseai.bridge.history.Pins;
import net.insightpulseai.bridge.history.Snapshot;
import net.insightpulseai.bridge.history.StoredVersion;
import net.insightpulseai.bridge.history.Versions;
import net.insightpulseai.bridge.routecheck.Finding;
import net.insightpulseai.bridge.routecheck.KnownBeans;
import net.insightpulseai.bridge.routecheck.RefusalSettings;
import net.insightpulseai.bridge.routecheck.RefusalSettings.OnRefusal;
import net.insightpulseai.bridge.routecheck.RouteCheck;
import net.insightpulseai.bridge.routecheck.RouteFaults;
import net.insightpulseai.bridge.routecheck.RouteFile;
import net.insightpulseai.bridge.routecheck.RouteFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Which routes the bridge starts with: those of the folder, unless a version is pinned, or they
 * have faults and the last version that ran is to run instead.
 */
@Component
class StartRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(StartRoutes.class);

  private final Versions versions;
  private final RouteCheck check;
  private final @Nullable Path folder;
  private final RouteFolder.Content content;
  private final List<Finding> faults;
  private final @Nullable Pin pin;
  private final @Nullable List<RouteFile> recorded;
  private String why = "";
  private boolean pinsRead;
  private @Nullable DataAccessException away;

  /**
   * Decides.
   *
   * @throws net.insightpulseai.bridge.config.StartRefused if the folder has faults and nothing else
   *     can run
   */
  StartRoutes(
      Environment environment,
      ConfigurableListableBeanFactory beans,
      Versions versions,
      Pins pins) {
    this.versions = versions;
    this.check = new RouteCheck(new KnownBeans(beans), environment);
    this.folder = RouteFolder.of(environment);
    this.content =
        folder == null ? new RouteFolder.Content(List.of(), List.of()) : RouteFolder.read(folder);
    // Otherwise they are refused before, or by Camel.
    this.faults =
        RefusalSettings.of(environment) == OnRefusal.LAST_GOOD ? refused(content) : List.of();
    this.pin = folder == null ? null : read(pins);
    this.recorded = pin != null && (holds(pin) || !faults.isEmpty()) ? pinned(pin) : lastGood();
    StartRefused refusal = recorded == null ? RouteFaults.of(faults) : null;
    if (refusal != null) {
      throw away == null ? refusal : unread(away, refusal);
    }
  }

  private static StartRefused unread(DataAccessException away, StartRefused faults) {
    return new StartRefused(
        "The routes that ran last cannot be read: "
            + RootCause.line(away)
            + ". Start again when the database answers, or mend those of the folder: "
            + faults.getMessage());
  }

  private @Nullable Pin read(Pins pins) {
    try {
      Pin found = pins.current();
      pinsRead = true;
      return found;
    } catch (DataAccessException e) {
      LOG.warn("Whether a version of the routes is pinned is not known: {}", RootCause.line(e));
      return null;
    }
  }

  private boolean holds(Pin found) {
    return folder != null && found.folders().contains(Snapshot.of(folder, content.files()).hash());
  }

  private @Nullable List<RouteFile> pinned(Pin found) {
    why = found.toString();
    try {
      return files(why, versions.find(found.version()));
    } catch (DataAccessException e) {
      LOG.error("Routes of {} do not run: {}", found, RootCause.line(e));
      away = e;
      return null;
    }
  }

  private @Nullable List<RouteFile> lastGood() {
    if (faults.isEmpty()) {
      return null;
    }
    why = "the last version that ran, because the folder has faults";
    try {
      return files("the last version", versions.newest());
    } catch (DataAccessException e) {
      away = e;
      return null;
    }
  }

  /** Null if it cannot run, which is said. */
  private @Nullable List<RouteFile> files(String what, @Nullable StoredVersion version) {
    String fault = StoredFault.of(folder, version);
    if (fault == null && folder != null && version != null) {
      List<RouteFile> files = version.files().in(folder);
      List<Finding> refused = refused(new RouteFolder.Content(files, List.of()));
      if (refused.isEmpty()) {
        return files;
      }
      refused.forEach(one -> LOG.warn("{}", one));
      fault = "the faults above";
    }
    LOG.error("Routes of {} do not run: {}", what, fault);
    return null;
  }

  private List<Finding> refused(RouteFolder.Content files) {
    return folder == null
        ? List.of()
        : check.check(folder, files, RouteCheck.Depth.BUILT).stream()
            .filter(Finding::refused)
            .toList();
  }

  /** Null if the setting names something else than all files of one folder. */
  @Nullable Path folder() {
    return folder;
  }

  /** What was in the folder. */
  RouteFolder.Content content() {
    return content;
  }

  /** Why the folder does not run; empty if it has no faults, or none were looked for. */
  List<Finding> faults() {
    return faults;
  }

  /** What the bridge starts with. */
  List<RouteFile> files() {
    return Objects.requireNonNullElse(recorded, content.files());
  }

  /** Why these, in words. */
  String why() {
    return recorded == null ? "as they were at the start" : why;
  }

  /** The pin that was decided on; null if there was none, or the database did not answer. */
  @Nullable Pin pin() {
    return away == null ? pin : null;
  }

  /** Whether the pinned version is what it starts with. */
  boolean honoured() {
    return pin != null && recorded != null;
  }

  /** Whether there is a pin, and the folder was edited since it was set. */
  boolean outdated() {
    return pin != null && faults.isEmpty() && !holds(pin);
  }

  /** Whether the database answered, also when it was asked for the pinned version. */
  boolean pinsRead() {
    return pinsRead && away == null;
  }
}
