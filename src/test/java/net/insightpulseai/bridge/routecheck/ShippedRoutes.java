package net.insightpulseai.bridge.routecheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** The shipped routes, checked as they are or with one file changed. */
final class ShippedRoutes {

  static final Path FOLDER = Path.of("routes");

  private static final RouteCheck CHECK = check();

  private ShippedRoutes() {}

  private static RouteCheck check() {
    StandardEnvironment environment = new StandardEnvironment();
    try {
      new YamlPropertySourceLoader()
          .load("bridge", new ClassPathResource("application.yaml"))
          .forEach(environment.getPropertySources()::addLast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RouteCheck(new KnownBeans(DeclaredBeans.of(environment)), environment);
  }

  static List<Finding> check(Path folder) {
    return CHECK.check(folder, RouteFolder.read(folder), RouteCheck.Depth.BUILT);
  }

  static List<Finding> check(List<RouteFile> files) {
    return check(files, RouteCheck.Depth.BUILT);
  }

  static List<Finding> check(List<RouteFile> files, RouteCheck.Depth depth) {
    return CHECK.check(FOLDER, new RouteFolder.Content(files, List.of()), depth);
  }

  static List<RouteFile> files() {
    return RouteFile.in(FOLDER, new Findings());
  }

  /** All files, one of them changed. */
  static List<RouteFile> with(String file, UnaryOperator<String> change) {
    String name = "routes/" + file + RouteFile.ENDING;
    List<RouteFile> files = new ArrayList<>();
    for (RouteFile one : files()) {
      boolean meant = one.name().equals(name);
      files.add(meant ? new RouteFile(name, change.apply(one.text())) : one);
    }
    return files;
  }

  /** All files, and one more. */
  static List<RouteFile> and(String name, String text) {
    List<RouteFile> files = new ArrayList<>(files());
    files.add(new RouteFile(name, text));
    return files;
  }
}
