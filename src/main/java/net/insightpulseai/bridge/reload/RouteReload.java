package net.insightpulseai.bridge.reload;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
  private final ConfigurableListableBeanFactory beans;
  private final Environment environment;
  private final LiveRoutes live;
  private final Retirement retirement;
  private final ReloadReport report;
  private final Clock clock;
  private RouteFolder.Content seen;
  private List<RouteFile> judged;
  private volatile RouteVersion running;
  private volatile @Nullable RefusedEdit refused;

  RouteReload(
      Environment environment,
      ReloadSettings settings,
      ConfigurableListableBeanFactory beans,
      LiveRoutes live,
      Retirement retirement,
      ReloadReport report,
      Clock clock) {
    this.folder = RouteFolder.of(environment);
    this.mode = settings.reload();
    this.beans = beans;
    this.environment = environment;
    this.live = live;
    this.retirement = retirement;
    this.report = report;
    this.clock = clock;
    // Before Camel reads them: what is edited between the two is applied once more.
    this.seen = read();
    this.running = version(seen.files(), "as they were at the start");
    this.judged = seen.files();
  }

  private RouteFolder.Content read() {
    return folder == null
        ? new RouteFolder.Content(List.of(), List.of())
        : RouteFolder.read(folder);
  }

  private RouteVersion version(List<RouteFile> files, String change) {
    return RouteVersion.of(
        Objects.requireNonNullElse(folder, Path.of("")), files, clock.instant(), change);
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
    if (complete && !now.files().equals(judged)) {
      judged = now.files();
      if (judged.equals(running.files())) {
        refused = null;
        report.takenBack(running);
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
   * @param who asked for it
   */
  synchronized ReloadResult reload(String who) {
    RouteFolder.Content now = read();
    judged = now.files();
    if (judged.equals(running.files())) {
      refused = null;
      return ReloadResult.APPLIED;
    }
    return judge(now, true, who);
  }

  private List<Finding> findings(RouteFolder.Content content) {
    if (folder == null) {
      return List.of();
    }
    List<Finding> findings =
        new ArrayList<>(
            new RouteCheck(new KnownBeans(beans), environment)
                .check(folder, content, RouteCheck.Depth.BUILT));
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
      Finding finding =
          new Finding(String.valueOf(folder), 0, true, Objects.toString(e.getMessage()));
      return refuse(ReloadResult.ROLLED_BACK, content.files(), List.of(finding));
    }
    running = version;
    refused = null;
    report.applied(version, findings, who);
    return ReloadResult.APPLIED;
  }

  private ReloadResult refuse(ReloadResult result, List<RouteFile> files, List<Finding> findings) {
    RefusedEdit edit = new RefusedEdit(version(files, "").hash(), clock.instant(), findings);
    refused = edit;
    report.refused(edit, result, running);
    return result;
  }
}
