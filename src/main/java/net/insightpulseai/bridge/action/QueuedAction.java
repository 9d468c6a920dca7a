package net.insightpulseai.bridge.action;

/**
 * The row of an action that a caller asked for.
 *
 * @param id its primary key
 * @param correlationId the same as that of its cause
 */
record QueuedAction(long id, String correlationId) {

  /** The exchange variable that holds it. */
  static final String VARIABLE = "queuedAction";

  String location() {
    return "/bridge/actions/" + id;
  }
}
