package net.insightpulseai.bridge.action;

/**
 * The row of an action that a caller asked for.
 *
 * @param id its primary key
 * @param correlationId the same as that of its cause
 */
record QueuedAction(long id, String correlationId) {

  String location() {
    return "/bridge/actions/" + id;
  }
}
