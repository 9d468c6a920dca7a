package net.insightpulseai.bridge.outbox;

import org.jspecify.annotations.Nullable;

/**
 * The target accepted the row.
 *
 * @param reason a stable word, usually {@code ok}
 * @param stop set if the target accepted this row and wants no more
 */
public record Done(String reason, @Nullable TargetStop stop, @Nullable Response response)
    implements Outcome {

  @Override
  public Kind kind() {
    return Kind.DONE;
  }

  @Override
  public @Nullable String error() {
    return null;
  }

  @Override
  public boolean suspect() {
    return false;
  }

  @Override
  public Done answered(int status, @Nullable String body) {
    return new Done(reason, stop, new Response(status, body));
  }
}
