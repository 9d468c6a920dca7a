package net.insightpulseai.bridge.deadletter;

import net.insightpulseai.bridge.outbox.DeadRows.Judged;

/** Why a dead letter could not be requeued or discarded, for people. */
final class OutcomeMessage {

  private OutcomeMessage() {}

  static String of(Judged judged) {
    return switch (judged.outcome()) {
      case "overtaken" ->
          "A later one for the same record has been sent since, and this one would undo it; to send it"
              + " anyway, add \"force\":true";
      case "subscriber_deleted" -> "Its subscriber has been deleted";
      case "already_resolved" -> "It has already been requeued or discarded";
      case "not_dead" ->
          "Its row is " + judged.status() + "; only a dead row (error) can be queued again";
      default -> "Its row no longer exists";
    };
  }
}
