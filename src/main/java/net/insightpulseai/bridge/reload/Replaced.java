package net.insightpulseai.bridge.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.insightpulseai.bridge.edition.Replaceable;
import org.apache.camel.CamelContext;
import org.apache.camel.Channel;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointAware;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumerAware;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.service.ServiceHelper;

/**
 * A route without its place in the Camel context. Camel would stop everything in it together with
 * the route; here it goes on, for what has begun, until it is stopped.
 */
final class Replaced {

  private final CamelContext camel;
  private final Route route;
  private final Set<Service> services;

  private Replaced(Route route, Set<Service> services) {
    this.camel = route.getCamelContext();
    this.route = route;
    this.services = services;
  }

  /** Looks at a route, and changes nothing. */
  static Replaced of(Route route) {
    return new Replaced(route, services(route));
  }

  private static Set<Service> services(Route route) {
    List<Service> roots = new ArrayList<>(route.getServices());
    Stream.concat(route.getOnExceptions().stream(), route.getOnCompletions().stream())
        .filter(Service.class::isInstance)
        .forEach(processor -> roots.add((Service) processor));
    Set<Service> all = new LinkedHashSet<>();
    roots.forEach(root -> all.addAll(ServiceHelper.getChildServices(root)));
    List<Service> handlers = new ArrayList<>();
    for (Service one : all) {
      if (one instanceof Channel channel && channel.getErrorHandler() instanceof Service handler) {
        handlers.add(handler);
      }
    }
    all.addAll(handlers);
    return all;
  }

  Route route() {
    return route;
  }

  /** Its MBeans end, so that those of another with the same names can begin. */
  void leaveManagement() {
    for (LifecycleStrategy strategy : camel.getLifecycleStrategies()) {
      services.forEach(service -> strategy.onServiceRemove(camel, service, route, true));
      strategy.onRoutesRemove(List.of(route));
    }
  }

  /** From now on Camel finds nothing in the route that it could stop. */
  void takeServices() {
    route.getServices().clear();
    route.getOnExceptions().clear();
    route.getOnCompletions().clear();
  }

  /** What comes from now on is for others. */
  void closeEntry() {
    Consumer consumer = route.getConsumer();
    if (consumer instanceof PlatformHttpConsumerAware http) {
      consumer = http.getPlatformHttpConsumer();
    }
    if (consumer instanceof Replaceable replaceable) {
      replaceable.replaced();
    } else if (!(consumer instanceof DirectConsumer)) {
      ServiceHelper.suspendService(consumer);
    }
  }

  Set<Endpoint> endpoints() {
    return endpoints(services).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Stream<Endpoint> endpoints(Collection<Service> services) {
    return services.stream()
        .filter(EndpointAware.class::isInstance)
        .map(service -> ((EndpointAware) service).getEndpoint());
  }

  /** Ends everything in it. */
  void stop() {
    ServiceHelper.stopAndShutdownServices(services);
    boolean gone = camel.getRoute(route.getId()) == null;
    for (RoutePolicy policy : route.getRoutePolicyList()) {
      if (gone) {
        policy.onRemove(route);
      }
      if (policy instanceof Service service) {
        removeService(service);
      }
    }
  }

  private void removeService(Service service) {
    try {
      camel.removeService(service);
    } catch (Exception e) {
      throw new IllegalStateException("a route policy does not end", e);
    }
  }
}
