package net.insightpulseai.bridge.http;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.insightpulseai.bridge.edition.Replaceable;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.util.CollectionHelper;
import org.jspecify.annotations.Nullable;

/**
 * Camel's consumer, except that a route begins when the body is there, and runs on a thread of its
 * own, which may wait for the database and for Odoo.
 */
final class EdgeConsumer extends VertxPlatformHttpConsumer implements Replaceable {

  private static final Duration LONGEST_TURN = Duration.ofSeconds(5);

  private final EdgeRouter router;
  private final Edge edge;
  private final BodyCollector bodies;
  private final Executor threads;
  private final Context eventLoop;
  private volatile @Nullable GuardedRoute route;
  private volatile boolean replaced;

  EdgeConsumer(
      PlatformHttpEndpoint endpoint,
      Processor processor,
      EdgeRouter router,
      Edge edge,
      BodyCollector bodies,
      Executor threads,
      Context eventLoop) {
    super(endpoint, processor, List.of(), EdgeRouter.NAME);
    this.router = router;
    this.edge = edge;
    this.bodies = bodies;
    this.threads = threads;
    this.eventLoop = eventLoop;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    router.answerHeadLikeGet();
  }

  /**
   * Until it is stopped the router asks it first, so that no request falls between the two. A
   * request that the router is dealing with knows the routes of when it came, perhaps without the
   * new one, so this takes effect between two requests.
   */
  @Override
  public void replaced() {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    eventLoop.runOnContext(
        ignored -> {
          replaced = true;
          done.complete(true);
        });
    // At a stop there may be no event loop any more, and no request either.
    done.completeOnTimeout(false, LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  protected void handleRequest(RoutingContext context) {
    if (replaced) {
      context.next();
      return;
    }
    EdgeRequest request = edge.requestOf(context);
    if (isSuspended()) {
      request.answer(503);
    } else {
      bodies.collect(request, route(), permit -> begin(context, request, permit));
    }
  }

  private void begin(RoutingContext context, EdgeRequest request, Permit permit) {
    if (!replaced && (!isStarted() || isSuspended())) {
      permit.release();
      request.answer(503);
      return;
    }
    try {
      threads.execute(() -> run(context, request, permit));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // All threads are busy, or the system gives no new one.
      permit.release();
      request.refuse(route().id(), RawBody.overloaded());
    }
  }

  /**
   * A route may give its thread back, and go on later on another one. Then the request has no
   * permit any more: the step that waits bounds how many do.
   */
  private void run(RoutingContext context, EdgeRequest request, Permit permit) {
    Exchange exchange = createExchange(false);
    // Set when the route has ended or has given the thread back, whichever comes first.
    AtomicBoolean first = new AtomicBoolean(true);
    try {
      createUoW(exchange);
      fill(exchange, context, request);
      getAsyncProcessor()
          .process(
              exchange,
              doneSync -> {
                if (!first.compareAndSet(true, false)) {
                  finish(context, request, exchange, () -> {});
                }
              });
    } catch (Exception e) {
      exchange.setException(e);
      first.set(false);
    }
    if (first.compareAndSet(true, false)) {
      permit.release();
    } else {
      finish(context, request, exchange, permit::release);
    }
  }

  private void finish(
      RoutingContext context, EdgeRequest request, Exchange exchange, Runnable release) {
    RouteAnswer answer =
        RouteAnswer.of(
            exchange, getEndpoint().getHeaderFilterStrategy(), context.pathParams().keySet());
    doneUoW(exchange);
    releaseExchange(exchange, false);
    release.run();
    eventLoop.runOnContext(ignored -> answer.sendTo(request));
  }

  private void fill(Exchange exchange, RoutingContext context, EdgeRequest request) {
    request.starts(exchange);
    exchange.setPattern(ExchangePattern.InOut);
    HttpMessage message = new HttpMessage(exchange, context.request(), context.response());
    exchange.setMessage(message);
    HeaderFilterStrategy filter = getEndpoint().getHeaderFilterStrategy();
    request.http().headers().forEach((name, value) -> add(message, filter, name, value));
    request
        .client()
        .parameters()
        .forEach(
            (name, values) -> {
              for (String value : values) {
                add(message, filter, name, value);
              }
            });
    context
        .pathParams()
        .forEach((name, value) -> CollectionHelper.appendEntry(message.getHeaders(), name, value));
    message.setHeader(Exchange.HTTP_METHOD, request.http().method().name());
    message.setHeader(Exchange.HTTP_PATH, request.facts().path());
    message.setHeader(Exchange.HTTP_URI, request.facts().path());
    message.setHeader(Exchange.HTTP_QUERY, request.http().query());
  }

  private static void add(
      HttpMessage message, HeaderFilterStrategy filter, String name, String value) {
    if (!filter.applyFilterToExternalHeaders(name, value, message.getExchange())) {
      CollectionHelper.appendEntry(message.getHeaders(), name, value);
    }
  }

  private GuardedRoute route() {
    GuardedRoute known = route;
    if (known == null) {
      known = GuardedRoute.of(getEndpoint());
      route = known;
    }
    return known;
  }
}
