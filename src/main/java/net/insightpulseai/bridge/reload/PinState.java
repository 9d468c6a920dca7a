package net.insightpulseai.bridge.reload;

import net.insightpulseai.bridge.history.Pin;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What this replica knows of the pin. */
@Component
class PinState {

  private @Nullable Pin honoured;
  private @Nullable Pin lifted;
  private long settled;

  PinState(StartRoutes start) {
    Pin found = start.pin();
    if (found != null) {
      settled = found.id();
      // Whatever is in the folder now was put there after the pin was set.
      honoured = start.honoured() ? found : null;
      lifted = start.outdated() ? found : null;
    }
  }

  /** The pin whose version runs here; null if none. */
  synchronized @Nullable Pin honoured() {
    return honoured;
  }

  /** Whether it is known here what becomes of a pin. */
  synchronized boolean isSettled(Pin pin) {
    return pin.id() <= settled;
  }

  /** Its version runs here from now on. */
  synchronized void honour(Pin pin) {
    settled = pin.id();
    honoured = pin;
  }

  /** It is not honoured here, and not looked at again. */
  synchronized void ignore(Pin pin) {
    settled = pin.id();
  }

  /** The folder runs again, because it has changed: the pin ends for all replicas. */
  synchronized void edited() {
    if (honoured != null) {
      lifted = honoured;
      honoured = null;
    }
  }

  /** The same for one that was never honoured here. */
  synchronized void outdated(Pin pin) {
    settled = pin.id();
    lifted = pin;
  }

  /** It has ended elsewhere. */
  synchronized void ended() {
    honoured = null;
  }

  /** What the database is still to be told of; null if nothing. */
  synchronized @Nullable Pin lifted() {
    return lifted;
  }

  /** The database knows. */
  synchronized void told() {
    lifted = null;
  }
}
