package net.insightpulseai.bridge.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Where Camel's consumers put their addresses. A part of a path may be constrained, as in {@code
 * {id:[0-9]*}}, which Camel writes {@code :id:[0-9]*}.
 */
final class EdgeRouter extends VertxPlatformHttpRouter {

  /** By this name, consumers find it. */
  static final String NAME = PLATFORM_HTTP_ROUTER_NAME;

  private static final Pattern CONSTRAINED = Pattern.compile(":(\\w+):([^/]+)");

  EdgeRouter(Vertx vertx) {
    super(null, vertx, Router.router(vertx), NAME);
  }

  @Override
  public Route route(String path) {
    return CONSTRAINED.matcher(path).find()
        ? routeWithRegex(CONSTRAINED.matcher(path).replaceAll("(?<$1>$2)"))
        : super.route(path);
  }

  /** HEAD is allowed wherever GET is. */
  void answerHeadLikeGet() {
    getRoutes().stream()
        .filter(route -> route.methods() != null && route.methods().contains(HttpMethod.GET))
        .forEach(route -> route.method(HttpMethod.HEAD));
  }

  /** Bodies are there before a route begins. */
  @Override
  public Handler<RoutingContext> bodyHandler() {
    return RoutingContext::next;
  }
}
