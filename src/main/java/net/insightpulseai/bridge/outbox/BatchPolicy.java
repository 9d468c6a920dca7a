package net.insightpulseai.bridge.outbox;

import java.util.Set;

/** Which rows of a target may go to it together, in one call that takes one slot. */
public interface BatchPolicy {

  /** Every row goes alone. */
  Batching ONE_BY_ONE = new Batching(1, Set.of());

  /** What holds for a target now. Asked before every claim: it must not block. */
  Batching of(String target);

  /**
   * @param maxRows rows in one call
   * @param actions that may share it; made of letters, digits, {@code .} and {@code _}
   */
  record Batching(int maxRows, Set<String> actions) {}
}
