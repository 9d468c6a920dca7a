package net.insightpulseai.bridge.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;

/**
 * The PostgreSQL programs from the archive on the classpath, unpacked once per archive.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 * @param version for example {@code 17.11}
 */
record PostgresBinaries(Path folder, String version) {

  private static final String VERSION_FILE = "VERSION";

  /** Unpacks the archive for this machine below a folder, unless it is there already. */
  static PostgresBinaries unpackedBelow(Path root) throws IOException {
    String resource = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path folder = root.resolve("postgres-binaries-" + fingerprint(resource));
    if (!Files.isDirectory(folder)) {
      unpack(resource, folder);
    }
    return new PostgresBinaries(folder, Files.readString(folder.resolve(VERSION_FILE)).strip());
  }

  /** The major version, which determines the format of a data folder. */
  String majorVersion() {
    return version.substring(0, version.indexOf('.'));
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  static String archiveName(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : "";
    String processor =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> "";
        };
    if (system.isEmpty() || processor.isEmpty()) {
      throw new IllegalStateException(
          "There is no embedded PostgreSQL for %s on %s; set SUPABASE_DB_URL to a database of your own"
              .formatted(osName, osArch));
    }
    return "postgres-" + system + "-" + processor + ".txz";
  }

  private static void unpack(String resource, Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    // Under another name until it is complete, so that an interrupted run leaves nothing half
    // done.
    Path unfinished = Files.createTempDirectory(folder.getParent(), "unpacking-");
    try (InputStream archive = open(resource)) {
      TarXz.unpack(archive, unfinished);
      String version =
          ProcessRun.of(unfinished.resolve("bin/postgres"), "--version")
              .run()
              .replaceAll("[^0-9.]", "");
      Files.writeString(unfinished.resolve(VERSION_FILE), version, UTF_8);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // If it is there now, another process was faster and unpacked the same.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    } finally {
      FileSystemUtils.deleteRecursively(unfinished);
    }
  }

  private static String fingerprint(String resource) throws IOException {
    try (InputStream archive = open(resource)) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(archive, sha256).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(sha256.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + resource);
    if (archive == null) {
      throw new IllegalStateException(
          "The embedded PostgreSQL is not on the classpath (no "
              + resource
              + "): it is part of `mvn spring-boot:run` and of the tests only. Set SUPABASE_DB_URL to a database of your own");
    }
    return archive;
  }
}
