package net.insightpulseai.bridge.embedded;

import java.io.IOException;

/** Another process runs a server on the data folder. */
public final class FolderInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  FolderInUseException(String message) {
    super(message);
  }
}
