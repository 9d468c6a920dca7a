package net.insightpulseai.bridge.config;

import java.util.Optional;

/** The innermost cause of a failure. */
public final class RootCause {

  private RootCause() {}

  public static Throwable of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** What it says, in one line; without a message, its type. */
  public static String line(Throwable failure) {
    Throwable root = of(failure);
    String text = Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
