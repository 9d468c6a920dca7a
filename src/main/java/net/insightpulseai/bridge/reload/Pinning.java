package net.insightpulseai.bridge.reload;

import java.util.List;
import net.insightpulseai.bridge.config.RootCause;
import net.insightpulseai.bridge.history.Pin;
import net.insightpulseai.bridge.history.Pins;
import net.insightpulseai.bridge.history.StoredVersion;
import net.insightpulseai.bridge.history.Versions;
import net.insightpulseai.bridge.routecheck.Finding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Follows the pin in the database: what is pinned there runs here. */
@Component
class Pinning {

  private static final Logger LOG = LoggerFactory.getLogger(Pinning.class);

  private final RouteReload reload;
  private final PinState state;
  private final Pins pins;
  private final Versions versions;
  private final ReloadReport report;
  private List<Finding> faults = List.of();
  private boolean asked;
  private boolean failing;

  Pinning(
      RouteReload reload,
      PinState state,
      StartRoutes start,
      Pins pins,
      Versions versions,
      ReloadReport report) {
    this.reload = reload;
    this.state = state;
    this.pins = pins;
    this.versions = versions;
    this.report = report;
    this.asked = start.pinsRead();
  }

  /** Called all the time. While the database is away, what runs goes on. */
  synchronized void follow() {
    try {
      tellLifted();
      follow(pins.current());
      asked = true;
      failing = false;
    } catch (DataAccessException e) {
      if (!failing) {
        LOG.warn("Whether a version of the routes is pinned is not known: {}", RootCause.line(e));
      }
      failing = true;
    }
  }

  private void tellLifted() {
    Pin lifted = state.lifted();
    if (lifted != null) {
      boolean first = pins.lift(lifted);
      state.told();
      if (first) {
        report.unpinned(lifted, null, "the folder has changed");
      }
    }
  }

  private void follow(@Nullable Pin now) {
    if (now == null) {
      Pin ended = state.honoured();
      if (ended != null) {
        LOG.info("The pin of {} is lifted: the routes of the folder run again", ended);
        state.ended();
        reload.reload(null);
      }
      return;
    }
    // Before it is asked whether the pin is honoured: an edit of these files may have ended that.
    String folder = reload.folderSnapshot().hash();
    Pin honoured = state.honoured();
    boolean known = now.folders().contains(folder);
    if (!state.isSettled(now)) {
      if (!asked && !known) {
        state.outdated(now);
      } else {
        honour(now, versions.find(now.version()));
      }
    } else if (honoured != null && honoured.id() == now.id() && !known) {
      pins.join(now, folder);
    }
  }

  /**
   * Makes the pinned version what runs here.
   *
   * @param version null if it is deleted
   * @return why it does not run here; empty if it does
   */
  synchronized List<Finding> honour(Pin pin, @Nullable StoredVersion version) {
    if (state.isSettled(pin)) {
      return faults;
    }
    faults = reload.faultsOf(pin.version(), version);
    if (faults.isEmpty() && version != null) {
      faults = reload.run(version, pin.toString());
    }
    if (faults.isEmpty()) {
      state.honour(pin);
    } else {
      state.ignore(pin);
      // Otherwise the next start here would take the folder for an edit, and lift the pin for all.
      pins.join(pin, reload.folderSnapshot().hash());
      report.notPinned(pin, faults, reload.running());
    }
    return faults;
  }
}
