package net.insightpulseai.bridge.archive;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A folder. What is being written ends with {@code .part}. */
final class FolderStore implements ArchiveStore {

  private final Path folder;

  FolderStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  @Override
  public InputStream read(String name) throws IOException {
    return new BufferedInputStream(Files.newInputStream(folder.resolve(name)));
  }

  @Override
  public ArchiveFile create(String name) throws IOException {
    // A name of its own, because another replica may write the same file at the same time.
    Path part = Files.createTempFile(folder, name + "-", ".part");
    OutputStream stream = new BufferedOutputStream(Files.newOutputStream(part));
    return new ArchiveFile() {
      @Override
      public OutputStream stream() {
        return stream;
      }

      @Override
      public void keep() throws IOException {
        stream.close();
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        // The name is on the disk only with the folder.
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }

      @Override
      public void close() throws IOException {
        stream.close();
        Files.deleteIfExists(part);
      }
    };
  }

  @Override
  public String at(String name) {
    return folder.resolve(name).toString();
  }

  @Override
  public void close() {}
}
