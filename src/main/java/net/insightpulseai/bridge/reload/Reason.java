package net.insightpulseai.bridge.reload;

import java.util.Optional;

/** Why something failed, in one line. */
final class Reason {

  private Reason() {}

  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
