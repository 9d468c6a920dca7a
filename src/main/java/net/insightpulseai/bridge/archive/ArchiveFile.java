package net.insightpulseai.bridge.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is being written. It has its name, and can be read, only after {@link #keep}. */
public interface ArchiveFile extends Closeable {

  /** Where to write. To close it ends the content, and keeps nothing yet. */
  OutputStream stream();

  /**
   * Gives the file its name, in place of an older one, when it is complete and durable.
   *
   * @throws IOException if it cannot; then there is no such file, or still the older one
   */
  void keep() throws IOException;

  /** Removes what was written and not kept. */
  @Override
  void close() throws IOException;
}
