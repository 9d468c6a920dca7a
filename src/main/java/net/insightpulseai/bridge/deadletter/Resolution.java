package net.insightpulseai.bridge.deadletter;

import java.util.Locale;

/** How a dead letter ends. */
enum Resolution {
  /** Its row is sent again. */
  REQUEUED,
  /** Its row is given up. */
  DISCARDED;

  /** As it stands in {@code bridge.dead_letter.resolution}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
