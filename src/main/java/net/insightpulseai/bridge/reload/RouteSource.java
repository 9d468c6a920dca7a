package net.insightpulseai.bridge.reload;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.insightpulseai.bridge.routecheck.RouteFile;
import net.insightpulseai.bridge.routecheck.RoutePart;
import org.apache.camel.Predicate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.PreconditionContainer;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Reads route files for a Camel context, as Camel does at its start. */
final class RouteSource {

  private final ModelCamelContext camel;

  RouteSource(ModelCamelContext camel) {
    this.camel = camel;
  }

  /**
   * The definitions of some routes. The configurations that they use are those of the context.
   *
   * @param ids of the routes; those that their precondition leaves out are not among the result
   */
  List<RouteDefinition> routes(List<RouteFile> files, Set<String> ids) throws Exception {
    List<RouteDefinition> found = new ArrayList<>();
    for (RouteConfigurationBuilder builder : builders(holding(files, true, ids))) {
      for (RouteDefinition route : builder.configureRoutes(camel).getRoutes()) {
        if (ids.contains(route.getRouteId()) && included(route)) {
          found.add(route);
        }
      }
    }
    return found;
  }

  /** Configurations by their ids; one without is called by the empty text. */
  List<RouteConfigurationDefinition> configurations(List<RouteFile> files, Set<String> ids)
      throws Exception {
    List<RouteConfigurationDefinition> found = new ArrayList<>();
    for (RouteConfigurationBuilder builder : builders(holding(files, false, ids))) {
      builder.setCamelContext(camel);
      builder.getRouteConfigurationCollection().setCamelContext(camel);
      builder.configuration();
      for (var one : builder.getRouteConfigurationCollection().getRouteConfigurations()) {
        if (ids.contains(id(one)) && included(one)) {
          found.add(one);
        }
      }
    }
    return found;
  }

  static String id(RouteConfigurationDefinition configuration) {
    return Objects.requireNonNullElse(configuration.getId(), "");
  }

  private static List<RouteFile> holding(List<RouteFile> files, boolean routes, Set<String> ids) {
    return files.stream()
        .filter(
            file ->
                RoutePart.of(file).stream()
                    .anyMatch(
                        part ->
                            (routes ? part.isRoute() : part.isConfiguration())
                                && ids.contains(part.id())))
        .toList();
  }

  private List<RouteConfigurationBuilder> builders(List<RouteFile> files) throws Exception {
    Set<Resource> resources = new LinkedHashSet<>();
    for (RouteFile file : files) {
      resources.add(resource(file));
    }
    List<RouteConfigurationBuilder> builders = new ArrayList<>();
    for (RoutesBuilder one : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resources)) {
      builders.add((RouteConfigurationBuilder) one);
    }
    return builders;
  }

  /** As if Camel had found it. */
  static Resource resource(RouteFile file) {
    return ResourceHelper.fromString("file:" + file.name(), file.text());
  }

  private boolean included(PreconditionContainer container) {
    String precondition = container.getPrecondition();
    if (precondition == null) {
      return true;
    }
    SimpleExpression expression = new SimpleExpression(precondition);
    expression.initPredicate(camel);
    Predicate predicate = expression.getPredicate();
    predicate.initPredicate(camel);
    return predicate.matches(new DefaultExchange(camel));
  }
}
