package net.insightpulseai.bridge.outbox;

import org.jspecify.annotations.Nullable;

/** What a target has asked for, or can take; without it the engine's own settings hold. */
public interface TargetLimits {

  /** No target has limits of its own. */
  TargetLimits NONE = target -> null;

  /** The limits of a target; null if it has none. */
  @Nullable Limits of(String target);

  /**
   * @param slots rows in flight at once; null is the usual number
   * @param perSecond rows a second at most, from this instance; null is without limit
   */
  record Limits(@Nullable Integer slots, @Nullable Integer perSecond) {}
}
