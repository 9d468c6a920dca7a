package net.insightpulseai.bridge.routecheck;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Where the routes are that Camel will load. */
public final class RouteFolder {

  private static final String PATTERN = "camel.main.routes-include-pattern";
  private static final String FILES = "file:";
  private static final String BELOW = "/**/*" + RouteFile.ENDING;

  private RouteFolder() {}

  /** The folder; null if the setting names something else than all files of one. */
  public static @Nullable Path of(Environment environment) {
    String pattern = environment.getProperty(PATTERN, "");
    return pattern.startsWith(FILES) && pattern.endsWith(BELOW) && !pattern.contains(",")
        ? Path.of(pattern.substring(FILES.length(), pattern.length() - BELOW.length()))
        : null;
  }
}
