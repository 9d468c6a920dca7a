package net.insightpulseai.bridge.reload;

import java.util.Locale;

/** What came of an edit; the label {@code result} of the metric. */
enum ReloadResult {
  /** It runs. */
  APPLIED,
  /** It has faults, and changed nothing that runs. */
  REFUSED,
  /** It has no faults, and yet did not start; what ran before runs again. */
  ROLLED_BACK,
  /** It has no faults and waits for an operator, because edits are only checked. */
  CHECKED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
