package net.insightpulseai.bridge.reload;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import net.insightpulseai.bridge.history.Snapshot;
import net.insightpulseai.bridge.history.StoredVersion;
import net.insightpulseai.bridge.reload.ReloadSettings.Reload;
import net.insightpulseai.bridge.routecheck.Finding;
import net.insightpulseai.bridge.routecheck.KnownBeans;
import net.insightpulseai.bridge.routecheck.RouteCheck;
import net.insightpulseai.bridge.routecheck.RouteFile;
import net.insightpulseai.bridge.routecheck.RouteFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Looks at the route files, checks them as a whole when they have changed, and applies what has no
 * fault. Whatever is wrong with them, what runs is not touched.
 */
@Component
class RouteReload {

  private final @Nullable Path folder;
  private final Reload mode;
  private final RouteCheck check;
  private final LiveRoutes live;
  private final Retirement retirement;
  private final PinState pin;
  private final ReloadReport report;
  private final Clock clock;
  private RouteFolder.Content seen;
  private volatile RouteFolder.Content judged;
  private volatile RouteVersion running;
  private volatile @Nullable RefusedEdit refused;

  RouteReload(
      Environment environment,
      ReloadSettings settings,
      ConfigurableListableBeanFactory beans,
      StartRoutes start,
      LiveRoutes live,
      Retirement retirement,
      PinState pin,
      ReloadReport report,
      Clock clock) {
    this.folder = start.folder();
    this.mode = settings.reload();
    this.check = new RouteCheck(new KnownBeans(beans), environment);
    this.live = live;
    this.retirement = retirement;
    this.pin = pin;
    this.report = report;
    this.clock = clock;
    this.seen = start.content();
    this.judged = seen;
    this.running = version(start.files(), start.why());
    this.refused =
        start.faults().isEmpty()
            ? null
            : new RefusedEdit(folderSnapshot().shown(), clock.instant(), start.faults());
  }

  private RouteFolder.Content read() {
    return folder == null
        ? new RouteFolder.Content(List.of(), List.of())
        : RouteFolder.read(folder);
  }

  private RouteVersion version(List<RouteFile> files, String change) {
    return RouteVersion.of(folder(), files, clock.instant(), change);
  }

  /** Where the routes are; by its name, versions of them are shown. */
  Path folder() {
    return Objects.requireNonNullElse(folder, Path.of("routes"));
  }

  RouteVersion running() {
    return running;
  }

  /** What is in the folder now, if it does not run because of its faults. */
  @Nullable RefusedEdit refused() {
    return refused;
  }

  Reload mode() {
    return mode;
  }

  /** What was in the folder when it was last judged. */
  synchronized Snapshot folderSnapshot() {
    return Snapshot.of(folder(), judged.files());
  }

  /** Called when what the bridge started with runs. */
  void started() {
    RefusedEdit edit = refused;
    if (edit != null) {
      report.refused(edit, ReloadResult.REFUSED, running);
    } else if (pin.honoured() != null) {
      report.startedPinned(running);
    } else if (folder != null) {
      report.started(running);
    }
  }

  /**
   * Called all the time: acts on an edit that is complete, which is to say, the same in two looks.
   */
  synchronized void look() {
    retirement.sweep();
    if (folder == null || mode == Reload.OFF) {
      return;
    }
    RouteFolder.Content now = read();
    boolean complete = now.equals(seen);
    seen = now;
    if (complete && !now.equals(judged)) {
      boolean routesChanged =
          now.isFaulty() || judged.isFaulty() || !now.files().equals(judged.files());
      judged = now;
      if (!routesChanged) {
        report.warned(now.findings());
      } else if (runs(now)) {
        asItRuns(null);
      } else {
        judge(now, mode == Reload.APPLY, null);
      }
    }
  }

  /** Checks what is in the folder, and changes nothing. */
  synchronized List<Finding> check() {
    return findings(read());
  }

  /**
   * Applies what is in the folder now, whatever is set.
   *
   * @param who asked for it; null if nobody: the pin has ended
   */
  synchronized ReloadResult reload(@Nullable String who) {
    RouteFolder.Content now = read();
    judged = now;
    if (runs(now)) {
      asItRuns(who);
      return ReloadResult.APPLIED;
    }
    return judge(now, true, who);
  }

  private boolean runs(RouteFolder.Content content) {
    return !content.isFaulty() && content.files().equals(running.files());
  }

  /** The folder holds what runs, perhaps because a pinned version was put into it. */
  private void asItRuns(@Nullable String who) {
    refused = null;
    pin.edited();
    report.takenBack(running, who);
  }

  private List<Finding> findings(RouteFolder.Content content) {
    if (folder == null) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(check.check(folder, content, RouteCheck.Depth.BUILT));
    if (findings.stream().noneMatch(Finding::refused)) {
      findings.addAll(Change.onlyAtRestart(running.files(), content.files()));
    }
    findings.sort(Comparator.comparing(Finding::refused).reversed().thenComparing(one -> one));
    return findings;
  }

  private ReloadResult judge(RouteFolder.Content content, boolean apply, @Nullable String who) {
    List<Finding> findings = findings(content);
    if (findings.stream().anyMatch(Finding::refused)) {
      return refuse(ReloadResult.REFUSED, content.files(), findings);
    }
    String change = Change.between(running.files(), content.files()).toString();
    RouteVersion version = version(content.files(), change);
    if (!apply) {
      refused = null;
      report.checked(version, findings);
      return ReloadResult.CHECKED;
    }
    try {
      live.replace(running.files(), content.files());
    } catch (LiveRoutes.NotReplaced e) {
      return refuse(ReloadResult.ROLLED_BACK, content.files(), List.of(fault(e)));
    }
    running = version;
    refused = null;
    pin.edited();
    report.applied(version, findings, who);
    return ReloadResult.APPLIED;
  }

  private Finding fault(LiveRoutes.NotReplaced e) {
    return new Finding(folder().toString(), 0, true, Objects.toString(e.getMessage()));
  }

  private ReloadResult refuse(ReloadResult result, List<RouteFile> files, List<Finding> findings) {
    RefusedEdit edit = new RefusedEdit(version(files, "").hash(), clock.instant(), findings);
    refused = edit;
    report.refused(edit, result, running);
    return result;
  }

  /**
   * Why a recorded version cannot run; empty if it can.
   *
   * @param id its number
   * @param version null if it is deleted
   */
  synchronized List<Finding> faultsOf(long id, @Nullable StoredVersion version) {
    String fault = StoredFault.of(folder, version);
    if (fault != null || version == null) {
      return List.of(new Finding("version " + id, 0, true, Objects.toString(fault)));
    }
    return findings(new RouteFolder.Content(version.files().in(folder()), List.of())).stream()
        .filter(Finding::refused)
        .toList();
  }

  /**
   * Makes a recorded version what runs; the folder stays as it is.
   *
   * @param why in words
   * @return why it does not start; empty if it runs
   */
  synchronized List<Finding> run(StoredVersion version, String why) {
    List<RouteFile> files = version.files().in(folder());
    try {
      live.replace(running.files(), files);
    } catch (LiveRoutes.NotReplaced e) {
      return List.of(fault(e));
    }
    running = version(files, why);
    report.pinned(running);
    return List.of();
  }
}
