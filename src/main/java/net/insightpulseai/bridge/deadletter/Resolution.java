package net.insightpulseai.bridge.deadletter;

import java.util.Locale;

/** How a dead letter ends. */
enum Resolution {
  /** Its row is sent again. */
  REQUEUED,
  /** Its row is never sent again. */
  DISCARDED;

  /** Its value in {@code bridge.dead_letter.resolution}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
