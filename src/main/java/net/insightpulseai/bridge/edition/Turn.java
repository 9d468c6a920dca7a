package net.insightpulseai.bridge.edition;

import org.jspecify.annotations.Nullable;

/** Which version of a route that runs by itself may run now: one at a time. */
final class Turn {

  private @Nullable EditionPolicy holder;
  private int runs;

  /** Takes it; false while a run of another version goes on. */
  synchronized boolean take(EditionPolicy version) {
    if (runs > 0 && holder != version) {
      return false;
    }
    holder = version;
    runs++;
    return true;
  }

  /** A run that took it has ended. */
  synchronized void leave() {
    runs--;
  }
}
