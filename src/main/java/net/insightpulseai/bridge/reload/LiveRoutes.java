package net.insightpulseai.bridge.reload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.insightpulseai.bridge.config.RootCause;
import net.insightpulseai.bridge.edition.Edition;
import net.insightpulseai.bridge.edition.Editions;
import net.insightpulseai.bridge.routecheck.RouteFile;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.impl.engine.AbstractCamelContext;
import org.apache.camel.impl.engine.DefaultRouteStartupOrder;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteDefinitionHelper;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Replaces routes of the running Camel context. The new ones are built and started beside the old
 * ones, which serve until then, and then go on until what has begun in them has ended. So nothing
 * waits, and nothing is refused.
 */
@Component
class LiveRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

  private final ModelCamelContext camel;
  private final AbstractCamelContext engine;
  private final RouteSource source;
  private final Editions editions;
  private final Retirement retirement;

  LiveRoutes(CamelContext camel, Editions editions, Retirement retirement) {
    this.camel = (ModelCamelContext) camel;
    this.engine = (AbstractCamelContext) camel;
    this.source = new RouteSource(this.camel);
    this.editions = editions;
    this.retirement = retirement;
  }

  /** The new routes could not be built or started; those before run. */
  static final class NotReplaced extends Exception {
    NotReplaced(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Makes what runs that which is written in {@code after}.
   *
   * @param before what was written when the running routes were built
   * @throws NotReplaced if it fails; then what is written in {@code before} runs
   */
  void replace(List<RouteFile> before, List<RouteFile> after) throws NotReplaced {
    Change change = Change.between(before, after);
    List<RouteConfigurationDefinition> configurations =
        List.copyOf(camel.getRouteConfigurationDefinitions());
    Touched touched = touched(change.touched());
    Edition last = editions.current();
    boolean replaced = false;
    editions.prepare();
    try {
      List<RouteDefinition> definitions = read(change, after);
      try {
        install(definitions, touched, last);
        replaced = true;
      } catch (Exception e) {
        restore(configurations);
        replaced = installAgain(source.routes(before, change.ended()), touched, last);
        throw e;
      }
    } catch (Exception e) {
      restore(configurations);
      throw new NotReplaced(RootCause.line(e), e);
    } finally {
      editions.abandon();
      if (replaced) {
        touched.old().forEach(Replaced::closeEntry);
        retirement.add(touched.old(), last);
      }
    }
  }

  /**
   * @param ids of all routes of which nothing is left but what is installed
   * @param old what serves until then
   * @param halted ids of those that an operator has stopped or suspended; they stay so
   */
  private record Touched(Set<String> ids, List<Replaced> old, Set<String> halted) {}

  private Touched touched(Set<String> ids) {
    Set<String> halted = new HashSet<>();
    List<Replaced> old = new ArrayList<>();
    for (String id : ids) {
      Route route = camel.getRoute(id);
      if (route != null && camel.getRouteController().getRouteStatus(id).isStarted()) {
        old.add(Replaced.of(route));
      } else if (route != null) {
        halted.add(id);
      }
    }
    return new Touched(ids, old, halted);
  }

  private List<RouteDefinition> read(Change change, List<RouteFile> files) throws Exception {
    Set<String> ids = change.configurations();
    List<RouteConfigurationDefinition> read = source.configurations(files, ids);
    camel.getRouteConfigurationDefinitions().removeIf(one -> ids.contains(RouteSource.id(one)));
    camel.getRouteConfigurationDefinitions().addAll(read);
    return source.routes(files, change.built());
  }

  private void restore(List<RouteConfigurationDefinition> configurations) {
    camel.getRouteConfigurationDefinitions().clear();
    camel.getRouteConfigurationDefinitions().addAll(configurations);
  }

  /** What is left of the old routes serves, but Camel does not know it any more. */
  private boolean installAgain(List<RouteDefinition> before, Touched touched, Edition last) {
    editions.abandon();
    editions.prepare();
    try {
      install(before, touched, last);
      return true;
    } catch (Exception e) {
      LOG.error(
          "The routes that ran before an edit failed cannot be built again; they serve, but cannot be managed:"
              + " restart the bridge: {}",
          RootCause.line(e));
      return false;
    }
  }

  private void install(List<RouteDefinition> definitions, Touched touched, Edition last)
      throws Exception {
    definitions.stream()
        .filter(route -> touched.halted().contains(route.getRouteId()))
        .forEach(route -> route.setAutoStartup("false"));
    List<RouteService> built = new ArrayList<>();
    // Camel forgets by id what it knows for the MBeans of a route, so the old ones end first.
    touched.old().forEach(Replaced::leaveManagement);
    try {
      for (RouteDefinition route : definitions) {
        built.add(build(route));
      }
      touched.old().forEach(this::leaveContext);
      Set<String> ids = new HashSet<>();
      definitions.forEach(route -> ids.add(route.getRouteId()));
      for (String id : touched.ids()) {
        // Removed as a whole only if it does not come back: its metrics go on otherwise.
        if (touched.halted().contains(id) || !ids.contains(id)) {
          camel.getRouteController().stopRoute(id);
          camel.removeRoute(id);
        }
        camel.getRouteDefinitions().removeIf(route -> id.equals(route.getRouteId()));
      }
      camel.getRouteDefinitions().addAll(definitions);
      // What others call is there before they call it.
      built.sort(Comparator.comparing(one -> !isCalled(one)));
      for (RouteService one : built) {
        engine.startRouteService(one, true);
      }
    } catch (Exception e) {
      built.forEach(this::discard);
      throw e;
    }
    touched.old().forEach(one -> Editions.endAfter(one.route(), last));
    editions.publish();
  }

  private static boolean isCalled(RouteService service) {
    return service.getRoute().getEndpoint() instanceof DirectEndpoint;
  }

  /** Everything but its consumer is started, so that what can fail fails now. */
  private RouteService build(RouteDefinition definition) throws Exception {
    RouteDefinitionHelper.forceAssignIds(camel, definition.getInput());
    RouteDefinitionHelper.forceAssignIds(camel, definition);
    camel.getCamelContextExtension().createRoute(definition.getRouteId());
    try {
      Route route = camel.getModelReifierFactory().createRoute(camel, definition);
      RouteService service = new RouteService(route);
      service.setUp();
      ServiceHelper.startService(route.getEndpoint());
      for (Service one : route.getServices()) {
        if (!(one instanceof Consumer)) {
          ServiceHelper.startService(one);
        }
      }
      return service;
    } finally {
      camel.getCamelContextExtension().createRoute(null);
    }
  }

  /** It serves on, and Camel does not know it any more. */
  private void leaveContext(Replaced one) {
    one.takeServices();
    List<RouteStartupOrder> started = camel.getCamelContextExtension().getRouteStartupOrder();
    for (RouteStartupOrder order : List.copyOf(started)) {
      if (order.getRoute() == one.route()) {
        started.remove(order);
        ((DefaultRouteStartupOrder) order).getRouteService().stop();
      }
    }
    camel.getCamelContextExtension().removeRoute(one.route());
  }

  private void discard(RouteService built) {
    Route route = built.getRoute();
    Replaced one = Replaced.of(route);
    if (camel.getRoute(route.getId()) == route) {
      one.leaveManagement();
      leaveContext(one);
      camel.getRouteDefinitions().removeIf(other -> other.getRouteId().equals(route.getId()));
    }
    one.stop();
  }
}
