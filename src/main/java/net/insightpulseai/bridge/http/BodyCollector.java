package net.insightpulseai.bridge.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

/** Lets requests in to their routes when their bodies are there. */
@Component
class BodyCollector {

  /** A body of these means nothing, so nobody waits for it. */
  private static final Set<HttpMethod> WITHOUT_BODY =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

  private final Admission admission;
  private final int maxBody;
  private final Duration bodyTimeout;
  private final Executor threads;
  private final Context eventLoop;

  BodyCollector(
      Admission admission,
      AdmissionSettings limits,
      HttpSettings settings,
      @Qualifier("applicationTaskExecutor") AsyncTaskExecutor threads,
      Context eventLoop) {
    this.admission = admission;
    this.maxBody = (int) limits.maxBody().toBytes();
    this.bodyTimeout = settings.bodyTimeout();
    this.threads = threads;
    this.eventLoop = eventLoop;
  }

  /**
   * Lets a request in when its body is there, or refuses it.
   *
   * @param begin gets the request's permit, and releases it
   */
  void collect(EdgeRequest request, GuardedRoute route, Consumer<Permit> begin) {
    AdmissionLimit limit = admission.of(request.facts().path());
    if (limit.full()) {
      request.refuse(route.id(), RawBody.overloaded());
    } else if (!WITHOUT_BODY.contains(request.http().method())) {
      new ArrivingBody(request, this, route, begin).begin();
    } else {
      Permit permit = limit.arrive(() -> {});
      if (permit.takePlace()) {
        begin.accept(permit);
      } else {
        request.refuse(route.id(), RawBody.overloaded());
      }
    }
  }

  Admission admission() {
    return admission;
  }

  int maxBody() {
    return maxBody;
  }

  Duration bodyTimeout() {
    return bodyTimeout;
  }

  Executor threads() {
    return threads;
  }

  /** Runs something on the event loop, after what it is doing now. */
  void later(Runnable action) {
    eventLoop.runOnContext(ignored -> action.run());
  }
}
