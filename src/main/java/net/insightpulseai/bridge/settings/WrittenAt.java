package net.insightpulseai.bridge.settings;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.io.Resource;

/** Where a setting was written, in words. */
final class WrittenAt {

  private WrittenAt() {}

  /**
   * The file and line, or the name of another source.
   *
   * @param source what Spring calls the source, where there is no file
   */
  static String of(@Nullable Origin origin, String source) {
    TextResourceOrigin text = inText(origin);
    if (text != null && text.getResource() != null) {
      String file = file(text.getResource());
      return text.getLocation() == null ? file : file + ":" + (text.getLocation().getLine() + 1);
    }
    return switch (source) {
      case "commandLineArgs" -> "on the command line";
      case "systemProperties" -> "a system property";
      default -> source;
    };
  }

  /** Whether it is one of several settings in a file; each secret has a file of its own. */
  static boolean isInFile(@Nullable Origin origin) {
    TextResourceOrigin text = inText(origin);
    return text != null && text.getLocation() != null;
  }

  /** Spring wraps the place in the name of the source. */
  private static @Nullable TextResourceOrigin inText(@Nullable Origin origin) {
    Origin inner = origin instanceof PropertySourceOrigin wrapped ? wrapped.getOrigin() : origin;
    return inner instanceof TextResourceOrigin text ? text : null;
  }

  private static String file(Resource resource) {
    try {
      Path file = resource.getFile().toPath().toAbsolutePath().normalize();
      Path here = Path.of("").toAbsolutePath();
      return (file.startsWith(here) ? here.relativize(file) : file).toString();
    } catch (IOException e) {
      return String.valueOf(resource.getFilename());
    }
  }
}
