package net.insightpulseai.bridge.reload;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import net.insightpulseai.bridge.routecheck.RouteFile;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelSpringBootRoutesCollector;
import org.apache.camel.support.PluginHelper;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** Gives Camel the routes that the bridge starts with, which need not be those of the folder. */
@Component
class StartCollector extends CamelSpringBootRoutesCollector {

  private final StartRoutes start;

  StartCollector(ApplicationContext context, StartRoutes start) {
    super(context, false);
    this.start = start;
  }

  @Override
  public Collection<RoutesBuilder> collectRoutesFromDirectory(
      CamelContext camel, String excludePattern, String includePattern) {
    if (start.folder() == null) {
      return super.collectRoutesFromDirectory(camel, excludePattern, includePattern);
    }
    Set<Resource> resources = new LinkedHashSet<>();
    for (RouteFile file : start.files()) {
      resources.add(RouteSource.resource(file));
    }
    try {
      return PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resources);
    } catch (Exception e) {
      throw new IllegalStateException("the routes cannot be read", e);
    }
  }
}
