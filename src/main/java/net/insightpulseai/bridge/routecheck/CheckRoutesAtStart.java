package net.insightpulseai.bridge.routecheck;

import java.nio.file.Path;
import java.util.List;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.routecheck.RefusalSettings.OnRefusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Checks the route files before anything else is started. What cannot run refuses the start with a
 * line for each finding, unless another version may run instead; warnings are logged. Routes are
 * not built for trial: Camel builds them soon, and what it cannot build is reported then.
 */
@Component
final class CheckRoutesAtStart implements BeanFactoryPostProcessor, EnvironmentAware {

  private static final Logger LOG = LoggerFactory.getLogger(CheckRoutesAtStart.class);

  private @Nullable Environment environment;

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    Path folder = environment == null ? null : RouteFolder.of(environment);
    if (folder == null || environment == null) {
      return;
    }
    List<Finding> findings =
        new RouteCheck(new KnownBeans(beans), environment)
            .check(folder, RouteFolder.read(folder), RouteCheck.Depth.WRITTEN);
    findings.stream().filter(one -> !one.refused()).forEach(one -> LOG.warn("{}", one));
    StartRefused faults =
        findings.stream().anyMatch(Finding::refused) ? RouteFaults.find(beans, environment) : null;
    if (faults == null) {
      return;
    }
    if (RefusalSettings.of(environment) == OnRefusal.FAIL) {
      throw faults;
    }
    // The database may be waited for, and meanwhile nothing else says what is wrong.
    LOG.warn(
        "The routes cannot run, and what ran last is started in their place once the database"
            + " answers: {}",
        faults.getMessage());
  }
}
