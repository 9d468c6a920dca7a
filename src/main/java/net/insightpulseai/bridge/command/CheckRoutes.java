package net.insightpulseai.bridge.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.insightpulseai.bridge.routecheck.DeclaredBeans;
import net.insightpulseai.bridge.routecheck.Finding;
import net.insightpulseai.bridge.routecheck.KnownBeans;
import net.insightpulseai.bridge.routecheck.RouteCheck;
import net.insightpulseai.bridge.routecheck.RouteFolder;
import org.springframework.core.env.ConfigurableEnvironment;

/** Checks a folder of routes, as the start does. */
class CheckRoutes implements Command {

  private final ConfigurableEnvironment environment;

  CheckRoutes(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public int run(List<String> arguments, PrintStream out) {
    Path folder =
        arguments.stream()
            .filter(one -> !one.startsWith("-"))
            .findFirst()
            .map(Path::of)
            .orElseGet(
                () -> Objects.requireNonNullElse(RouteFolder.of(environment), Path.of("routes")));
    List<Finding> findings =
        new RouteCheck(new KnownBeans(DeclaredBeans.of(environment)), environment)
            .check(folder, RouteFolder.read(folder), RouteCheck.Depth.BUILT);
    for (Finding one : findings) {
      out.println(one.refused() ? one : "warning: " + one);
    }
    long refused = findings.stream().filter(Finding::refused).count();
    out.println(
        "%s: %s, %s"
            .formatted(
                folder, count(refused, "fault"), count(findings.size() - refused, "warning")));
    return refused == 0 ? 0 : 1;
  }

  private static String count(long number, String what) {
    return (number == 0 ? "no" : number) + " " + what + (number == 1 ? "" : "s");
  }
}
