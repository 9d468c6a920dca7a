package net.insightpulseai.bridge.archive;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import net.insightpulseai.bridge.config.StartRefused;

/** The text that says where archives are: the path of a folder, or {@code s3://bucket/prefix}. */
public final class ArchivePlace {

  private static final String EXPECTED =
      "a folder that exists and that the bridge may write to, or s3://bucket/prefix";

  private ArchivePlace() {}

  /**
   * Looks at a place without a call: whether a folder is there, or an address has its form.
   *
   * @param key the setting or the argument that names it
   * @throws StartRefused if not
   */
  public static void check(String key, String place) {
    boolean good;
    if (isBucket(place)) {
      good = S3Address.of(place) != null;
    } else {
      try {
        Path folder = Path.of(place);
        good = Files.isDirectory(folder) && Files.isWritable(folder);
      } catch (InvalidPathException e) {
        good = false;
      }
    }
    if (!good) {
      throw new StartRefused(key, place, EXPECTED);
    }
  }

  /** Whether it is in a bucket, and so is called over the network. */
  public static boolean isBucket(String place) {
    return place.startsWith(S3Address.SCHEME);
  }

  /** The place of a file, from its path or its address. */
  public static String of(String file) {
    if (isBucket(file)) {
      return file.substring(0, file.length() - nameOf(file).length());
    }
    Path parent = Path.of(file).toAbsolutePath().getParent();
    return parent == null ? "/" : parent.toString();
  }

  /** The name of a file, from its path or its address. */
  public static String nameOf(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }
}
