package net.insightpulseai.bridge.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The routes that a release of the bridge comes with; the build puts them into its jar. */
public final class ShippedRoutes {

  private static final String FOLDER = "shipped-routes/";

  private ShippedRoutes() {}

  /** Those of this release. */
  public static Snapshot ofThisJar() {
    SortedMap<String, String> files = new TreeMap<>();
    try {
      Resource[] found =
          new PathMatchingResourcePatternResolver()
              .getResources("classpath:" + FOLDER + "**/*.camel.yaml");
      for (Resource one : found) {
        String address = one.getURL().toString();
        String name = address.substring(address.lastIndexOf(FOLDER) + FOLDER.length());
        files.put(name, one.getContentAsString(UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Snapshot.of(files);
  }

  /**
   * Those of another release.
   *
   * @throws IOException if it cannot be read, or has none
   */
  public static Snapshot of(Path jar) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        int from = entry.getName().lastIndexOf(FOLDER);
        if (from >= 0 && !entry.isDirectory()) {
          try (InputStream text = zip.getInputStream(entry)) {
            files.put(
                entry.getName().substring(from + FOLDER.length()),
                new String(text.readAllBytes(), UTF_8));
          }
        }
      }
    }
    if (files.isEmpty()) {
      throw new IOException(jar + " holds no routes; expected the jar of a release of the bridge");
    }
    return Snapshot.of(files);
  }
}
