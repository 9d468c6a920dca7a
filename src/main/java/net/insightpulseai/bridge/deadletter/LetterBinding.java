package net.insightpulseai.bridge.deadletter;

import net.insightpulseai.bridge.encryption.Binding;

/** What the sealed payload of a dead letter belongs to: the row that died. */
final class LetterBinding {

  private LetterBinding() {}

  /**
   * The binding of a letter.
   *
   * @param target of the row; it says which queue, as each queue has targets of its own
   * @param rowId the row's id in its queue
   */
  static Binding of(String target, long rowId) {
    return new Binding("dead_letter", target + "/" + rowId, "payload");
  }
}
