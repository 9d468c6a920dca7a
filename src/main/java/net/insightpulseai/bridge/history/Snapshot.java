package net.insightpulseai.bridge.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.insightpulseai.bridge.routecheck.RouteFile;

/**
 * All route files as they are at one time.
 *
 * @param files contents by the path below the folder, with slashes
 * @param hash SHA-256 of names and contents, the same wherever the folder is
 */
public record Snapshot(SortedMap<String, String> files, String hash) {

  private static final int SHOWN = 12;

  /** Files by their names below their folder. */
  public static Snapshot of(SortedMap<String, String> files) {
    return new Snapshot(Collections.unmodifiableSortedMap(files), hash(files));
  }

  /**
   * Files of a folder.
   *
   * @param files whose names begin with the folder's
   */
  public static Snapshot of(Path folder, List<RouteFile> files) {
    SortedMap<String, String> named = new TreeMap<>();
    for (RouteFile file : files) {
      String name = folder.relativize(Path.of(file.name())).toString();
      named.put(name.replace(folder.getFileSystem().getSeparator(), "/"), file.text());
    }
    return of(named);
  }

  /** As if they were the files of this folder, in the order of its files. */
  public List<RouteFile> in(Path folder) {
    return files.entrySet().stream()
        .map(file -> new RouteFile(folder.resolve(file.getKey()).toString(), file.getValue()))
        .sorted((one, other) -> Path.of(one.name()).compareTo(Path.of(other.name())))
        .toList();
  }

  /** The hash as it is shown to people. */
  public String shown() {
    return shown(hash);
  }

  static String shown(String hash) {
    return hash.substring(0, Math.min(SHOWN, hash.length()));
  }

  /** SHA-256 of a content. */
  static String hash(String content) {
    return HexFormat.of().formatHex(digest().digest(content.getBytes(UTF_8)));
  }

  private static String hash(SortedMap<String, String> files) {
    MessageDigest digest = digest();
    files.forEach(
        (name, content) -> {
          byte[] text = content.getBytes(UTF_8);
          digest.update((name + '\0' + text.length + '\0').getBytes(UTF_8));
          digest.update(text);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
