package net.insightpulseai.bridge.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Files by name. All of it throws {@link IOException} if the store cannot be reached or refuses.
 */
public interface ArchiveStore extends Closeable {

  /** Whether there is a complete file of that name. */
  boolean has(String name) throws IOException;

  /** The content of a file, to be closed by the caller. */
  InputStream read(String name) throws IOException;

  /** Begins a file. */
  ArchiveFile create(String name) throws IOException;

  /** Where a file is, for messages. */
  String at(String name);
}
