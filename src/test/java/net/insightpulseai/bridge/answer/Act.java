package net.insightpulseai.bridge.answer;

import net.insightpulseai.bridge.outbox.GiveBack;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.TargetStates.Stop;
import org.jspecify.annotations.Nullable;

/** What follows an outcome that is judged but not counted yet, as the tables of rules name it. */
public enum Act {
  DONE,
  /** Dead at once. */
  REJECT,
  RETRY,
  /** Given back for as long as the row is young. */
  THROTTLED,
  /** Given back whatever its age. */
  NOT_RUN;

  public static Act of(Outcome judged) {
    return switch (judged.kind()) {
      case DONE -> DONE;
      case DEAD -> REJECT;
      case RETRY -> RETRY;
      case GIVE_BACK -> ((GiveBack) judged).throttled() ? THROTTLED : NOT_RUN;
    };
  }

  /** How the outcome stops its target; null if it does not. */
  public static @Nullable Stop stop(Outcome judged) {
    return judged.stop() == null ? null : judged.stop().how();
  }
}
