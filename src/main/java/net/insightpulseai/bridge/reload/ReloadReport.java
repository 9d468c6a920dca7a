package net.insightpulseai.bridge.reload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private void count(ReloadResult result) {
    Objects.requireNonNull(counters.get(result)).increment();
  }

  void applied(RouteVersion version, List<Finding> warnings, @Nullable String who) {
    warnings.forEach(one -> LOG.warn("{}", one));
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
    warnings.forEach(one -> LOG.warn("{}", one));
    LOG.info(
        "Routes {} have no faults and wait, because bridge.routes.reload is check: {}",
        version.hash(),
        version.change());
    count(ReloadResult.CHECKED);
  }

  void refused(RefusedEdit edit, ReloadResult result, RouteVersion running) {
    edit.findings().forEach(one -> LOG.warn("{}", one));
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

  void takenBack(RouteVersion running) {
    LOG.info("The route files are again as they run: {}", running.hash());
  }
}
