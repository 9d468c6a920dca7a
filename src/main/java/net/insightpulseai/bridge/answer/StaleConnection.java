package net.insightpulseai.bridge.answer;

import java.io.IOException;

/** A kept connection turned out to be closed: the request got not one byte back. */
final class StaleConnection extends IOException {

  private static final long serialVersionUID = 1L;

  StaleConnection(IOException cause) {
    super(cause.getMessage(), cause);
  }

  IOException failure() {
    return (IOException) getCause();
  }
}
