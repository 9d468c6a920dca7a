package net.insightpulseai.bridge.answer;

import java.io.IOException;

/** A kept connection turned out to be closed: the request got not one byte back. */
final class StaleConnection extends IOException {

  private static final long serialVersionUID = 1L;

  private final IOException failure;

  StaleConnection(IOException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  /** What happened, as it would have been without a repetition. */
  IOException failure() {
    return failure;
  }
}
