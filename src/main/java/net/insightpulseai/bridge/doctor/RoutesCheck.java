package net.insightpulseai.bridge.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.insightpulseai.bridge.routecheck.DeclaredBeans;
import net.insightpulseai.bridge.routecheck.Finding;
import net.insightpulseai.bridge.routecheck.KnownBeans;
import net.insightpulseai.bridge.routecheck.RouteCheck;
import net.insightpulseai.bridge.routecheck.RouteFolder;
import org.springframework.core.env.ConfigurableEnvironment;

/** Checks the route files, as the start does. */
class RoutesCheck {

  private final ConfigurableEnvironment environment;

  RoutesCheck(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  void run(DoctorReport report) {
    Path folder = Objects.requireNonNullElse(RouteFolder.of(environment), Path.of("routes"));
    List<Finding> findings =
        new RouteCheck(new KnownBeans(DeclaredBeans.of(environment)), environment)
            .check(folder, RouteFolder.read(folder), RouteCheck.Depth.BUILT);
    for (Finding one : findings) {
      if (one.refused()) {
        report.fail(one.toString(), "correct it; the bridge does not start with it");
      } else {
        report.warn(one.toString(), "see docs/routes.md");
      }
    }
    if (findings.isEmpty()) {
      report.ok("the routes in " + folder + " can run");
    }
  }
}
