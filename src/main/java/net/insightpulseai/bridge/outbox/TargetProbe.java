package net.insightpulseai.bridge.outbox;

import org.jspecify.annotations.Nullable;

/** Checks whether a target works at all, to separate its fault from a row's. */
public interface TargetProbe {

  /**
   * Whether this probe covers that target. A target without a probe is never considered at fault:
   * its rows are.
   */
  boolean covers(String target);

  /**
   * Whether this is a readiness probe, which a target must pass before its first row is claimed and
   * regularly afterwards. The others run only when an outcome is suspect.
   */
  default boolean readiness() {
    return false;
  }

  /**
   * Whether it can tell anything yet. Until then a readiness probe does not run, and nothing is
   * claimed.
   */
  default boolean possible() {
    return true;
  }

  /**
   * Probes the target; blocks for as long as its timeouts allow, and never throws.
   *
   * @return null if the target works, otherwise what is wrong with it
   */
  @Nullable Fault probe(String target);

  /**
   * What is wrong with a target.
   *
   * @param reason a stable word, as in {@code unreachable} or {@code unauthorized}
   * @param error what an operator reads and can act upon
   * @param alarm it will not recover without an operator, like a wrong key
   */
  record Fault(String reason, String error, boolean alarm) {}
}
