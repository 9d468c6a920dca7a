package net.insightpulseai.bridge.outbox;

import org.jspecify.annotations.Nullable;

/** Asks a target whether it works at all, to tell its fault from a row's. */
public interface TargetProbe {

  /**
   * Whether this probe can ask that target. A target without a probe is never at fault: its rows
   * are.
   */
  boolean covers(String target);

  /**
   * Whether a target that it covers must pass it before its first row is claimed, and again now and
   * then. The others are asked only when an outcome is suspect.
   */
  default boolean readiness() {
    return false;
  }

  /**
   * Asks the target; blocks for as long as its timeouts allow, and never throws.
   *
   * @return null if the target works, else what is wrong with it
   */
  @Nullable Fault probe(String target);

  /**
   * What is wrong with a target.
   *
   * @param reason a stable word, as in {@code unreachable} or {@code unauthorized}
   * @param error what an operator reads and can act upon
   * @param alarm it will not heal without an operator, as a wrong key
   */
  record Fault(String reason, String error, boolean alarm) {}
}
