package net.insightpulseai.bridge.routecheck;

import java.nio.file.Path;
import java.util.List;
import net.insightpulseai.bridge.config.StartRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/** Why routes refuse the start, with a line for each fault. */
public final class RouteFaults {

  private RouteFaults() {}

  /**
   * Checks the routes with everything that the check has, building included.
   *
   * @return null if there is no fault
   */
  public static @Nullable StartRefused find(
      ConfigurableListableBeanFactory beans, Environment environment) {
    Path folder = RouteFolder.of(environment);
    return folder == null
        ? null
        : of(
            new RouteCheck(new KnownBeans(beans), environment)
                .check(folder, RouteFolder.read(folder), RouteCheck.Depth.BUILT));
  }

  /**
   * The same of findings; those that refuse nothing are left out.
   *
   * @return null if none is left
   */
  public static @Nullable StartRefused of(List<Finding> findings) {
    List<String> refused =
        findings.stream().filter(Finding::refused).map(Finding::toString).toList();
    return refused.isEmpty()
        ? null
        : StartRefused.all(refused.size() + " faults in the routes", refused);
  }
}
