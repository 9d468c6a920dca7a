package net.insightpulseai.bridge.deadletter;

import net.insightpulseai.bridge.outbox.DeadRows.Judged;

/** Why an operator's word was not followed, for people. */
final class EndRefused {

  private EndRefused() {}

  static String sentence(Judged judged) {
    return switch (judged.outcome()) {
      case "overtaken" ->
          "A later one of the same record has been sent since, and this one would undo it; with"
              + " \"force\":true it is sent all the same";
      case "subscriber_deleted" -> "The subscriber that it is for is deleted";
      case "already_resolved" -> "It was requeued or discarded before";
      case "not_dead" ->
          "Its row is " + judged.status() + "; only a dead one (error) can be queued again";
      default -> "The row that it is about is gone";
    };
  }
}
