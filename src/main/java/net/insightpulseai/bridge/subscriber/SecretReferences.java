package net.insightpulseai.bridge.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Secrets that are stored elsewhere: {@code env:NAME} or {@code file:/path}, read again with their
 * subscriber's row, so a change counts within seconds. Only names reserved for subscribers are
 * allowed; otherwise a caller who may create subscribers could make the bridge sign with its other
 * secrets, which are in the same places.
 */
@Component
class SecretReferences {

  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";
  private static final String NAMED = "BRIDGE_SUBSCRIBER_";
  private static final Pattern VARIABLE = Pattern.compile(NAMED + "[A-Z0-9_]{1,100}");
  private static final int LARGEST = 10_000;

  private final Environment environment;
  private final Path folder;

  SecretReferences(Environment environment, FanOutSettings settings) {
    this.environment = environment;
    this.folder = settings.secretFolder().toAbsolutePath().normalize();
  }

  static boolean isOne(String text) {
    return text.startsWith(ENVIRONMENT) || text.startsWith(FILE);
  }

  /**
   * The secrets there now, newest first; empty if there are none, or the reference is not allowed.
   */
  List<String> read(String reference) {
    return SecretText.split(text(reference));
  }

  /** The same as one text without blanks around it, where commas have no meaning. */
  String text(String reference) {
    if (reference.startsWith(ENVIRONMENT)) {
      String name = reference.substring(ENVIRONMENT.length());
      boolean ours = VARIABLE.matcher(name).matches();
      return ours ? environment.getProperty(name, "").strip() : "";
    }
    return content(reference.substring(FILE.length())).strip();
  }

  /** Links are followed, as secrets of Kubernetes are links, but not out of the folder. */
  private String content(String text) {
    try {
      Path path = Path.of(text);
      if (!isAllowed(path) || !path.toRealPath().startsWith(folder.toRealPath())) {
        return "";
      }
      try (InputStream in = Files.newInputStream(path)) {
        return new String(in.readNBytes(LARGEST), UTF_8);
      }
    } catch (IOException | InvalidPathException e) {
      return "";
    }
  }

  private boolean isAllowed(Path path) {
    return path.isAbsolute()
        && path.equals(path.normalize())
        && path.startsWith(folder)
        && !path.equals(folder)
        && path.getFileName().toString().toUpperCase(Locale.ROOT).startsWith(NAMED);
  }

  /** What a reference must be, for errors. */
  String expected() {
    return "env:"
        + NAMED
        + "…, or file:"
        + folder
        + "/"
        + NAMED.toLowerCase(Locale.ROOT)
        + "… (the folder is bridge.fan-out.secret-folder)";
  }
}
