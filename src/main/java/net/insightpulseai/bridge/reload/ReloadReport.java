package net.insightpulseai.bridge.reload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.insightpulseai.bridge.history.Pin;
import net.insightpulseai.bridge.history.VersionLog;
import net.insightpulseai.bridge.routecheck.Finding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells what came of an edit: in the log, in a metric, as an event, and as a recorded version. */
@Component
class ReloadReport {

  private static final Logger LOG = LoggerFactory.getLogger(ReloadReport.class);

  private final ReloadEvents events;
  private final VersionLog versions;
  private final Map<ReloadResult, Counter> counters = new EnumMap<>(ReloadResult.class);

  ReloadReport(ReloadEvents events, VersionLog versions, MeterRegistry meters) {
    this.events = events;
    this.versions = versions;
    for (ReloadResult result : ReloadResult.values()) {
      counters.put(
          result,
          Counter.builder("bridge.routes.reload")
              .description("Edits of the route files, by what came of them")
              .tag("result", result.word())
              .register(meters));
    }
  }

  /** What the bridge started with runs, and so it is a version. */
  void started(RouteVersion running) {
    versions.add(running.applied(null));
  }

  /** The same of a pinned version, which is recorded already. */
  void startedPinned(RouteVersion running) {
    LOG.info("Routes {} run, not those of the folder: {}", running.hash(), running.change());
  }

  private void count(ReloadResult result) {
    Objects.requireNonNull(counters.get(result)).increment();
  }

  void warned(List<Finding> findings) {
    findings.forEach(one -> LOG.warn("{}", one));
  }

  void applied(RouteVersion version, List<Finding> warnings, @Nullable String who) {
    warned(warnings);
    LOG.info(
        "Routes {} are applied{}: {}",
        version.hash(),
        who == null ? "" : " by " + who,
        version.change());
    count(ReloadResult.APPLIED);
    versions.add(version.applied(who));
    events.applied(version, who);
  }

  void checked(RouteVersion version, List<Finding> warnings) {
    warned(warnings);
    LOG.info(
        "Routes {} have no faults and wait, because bridge.routes.reload is check: {}",
        version.hash(),
        version.change());
    count(ReloadResult.CHECKED);
  }

  void refused(RefusedEdit edit, ReloadResult result, RouteVersion running) {
    warned(edit.findings());
    if (result == ReloadResult.ROLLED_BACK) {
      LOG.error(
          "Routes {} could not be started and are taken back; routes {} run again",
          edit.hash(),
          running.hash());
    } else {
      LOG.error(
          "Routes {} are refused for the faults above; routes {} go on unchanged",
          edit.hash(),
          running.hash());
    }
    count(result);
    events.refused(edit, result, running);
  }

  /** A pinned version runs; it is recorded already. */
  void pinned(RouteVersion version) {
    LOG.info("Routes {} are applied: {}", version.hash(), version.change());
    count(ReloadResult.APPLIED);
    events.applied(version, null);
  }

  void notPinned(Pin pin, List<Finding> faults, RouteVersion running) {
    warned(faults);
    LOG.error(
        "Routes of {} do not run here for the faults above; routes {} go on unchanged",
        pin,
        running.hash());
    count(ReloadResult.REFUSED);
  }

  /** An operator has pinned a version, for all replicas. */
  void pinSet(Pin pin) {
    LOG.info("Routes are rolled back to {}", pin);
    events.pinned(pin);
  }

  /**
   * It runs on no replica any more.
   *
   * @param who lifted it; null: an edit did
   */
  void unpinned(Pin pin, @Nullable String who, String why) {
    LOG.info("The pin of {} is lifted{}: {}", pin, who == null ? "" : " by " + who, why);
    events.unpinned(pin, who, why);
  }

  /** The version may have been pinned before, and not be the newest one. */
  void takenBack(RouteVersion running, @Nullable String who) {
    versions.add(running.applied(who));
    LOG.info("The route files are again as they run: {}", running.hash());
  }
}
