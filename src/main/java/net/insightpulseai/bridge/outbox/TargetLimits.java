package net.insightpulseai.bridge.outbox;

import org.jspecify.annotations.Nullable;

/** The limits of a target; where it has none, the engine's own settings apply. */
public interface TargetLimits {

  /** No target has limits of its own. */
  TargetLimits NONE = target -> null;

  /** The limits of a target; null if it has none. */
  @Nullable Limits of(String target);

  /**
   * What a target takes at most, from all replicas together.
   *
   * @param slots calls in flight at once; null is the default number
   * @param perSecond rows a second at most; null is no limit
   */
  record Limits(@Nullable Integer slots, @Nullable Integer perSecond) {}
}
