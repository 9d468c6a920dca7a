package net.insightpulseai.bridge.outbox;

import java.util.Set;

/** Which rows of a target may share one call, which takes one slot. */
public interface BatchPolicy {

  /** Every row is sent alone. */
  Batching ONE_BY_ONE = new Batching(1, Set.of());

  /** The policy for a target now. Read before every claim: it must not block. */
  Batching of(String target);

  /**
   * What may go in one call.
   *
   * @param maxRows how many rows one call may carry
   * @param actions that may share it; made of letters, digits, {@code .} and {@code _}
   */
  record Batching(int maxRows, Set<String> actions) {}
}
