package net.insightpulseai.bridge.routecheck;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Where the routes are that Camel will load. */
public final class RouteFolder {

  private static final String PATTERN = "camel.main.routes-include-pattern";
  private static final String FILES = "file:";
  private static final String BELOW = "/**/*" + RouteFile.ENDING;

  private RouteFolder() {}

  /**
   * What is in the folder.
   *
   * @param findings what is wrong with the folder itself
   */
  public record Content(List<RouteFile> files, List<Finding> findings) {

    /** Whether something is wrong with the folder itself, or with a file that cannot be read. */
    public boolean isFaulty() {
      return findings.stream().anyMatch(Finding::refused);
    }
  }

  /** Reads all files that Camel would load. */
  public static Content read(Path folder) {
    Findings findings = new Findings();
    List<RouteFile> files = RouteFile.in(folder, findings);
    return new Content(files, findings.all());
  }

  /** The folder; null if the setting names something else than all files of one. */
  public static @Nullable Path of(Environment environment) {
    String pattern = environment.getProperty(PATTERN, "");
    return pattern.startsWith(FILES) && pattern.endsWith(BELOW) && !pattern.contains(",")
        ? Path.of(pattern.substring(FILES.length(), pattern.length() - BELOW.length()))
        : null;
  }
}
