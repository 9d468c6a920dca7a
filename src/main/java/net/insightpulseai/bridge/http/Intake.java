package net.insightpulseai.bridge.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

/** Lets requests in to their routes: with their body, and with a permit. */
@Component
class Intake {

  /** A body of these means nothing, so nobody waits for it. */
  private static final Set<HttpMethod> WITHOUT_BODY =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

  /**
   * Where a request is let in.
   *
   * @param route the route's id
   * @param guard its first step, if that is a guard
   */
  record Door(String route, @Nullable Guard guard) {}

  private final Admission admission;
  private final int maxBody;
  private final Duration bodyTimeout;
  private final Executor threads;
  private final Context eventLoop;

  Intake(
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
   * @param route gets the request's permit, and releases it
   */
  void admit(EdgeRequest request, Door door, Consumer<Permit> route) {
    AdmissionLimit limit = admission.of(request.facts().path());
    if (limit.full()) {
      request.refuse(door.route(), RawBody.overloaded());
    } else if (!WITHOUT_BODY.contains(request.http().method())) {
      new ArrivingBody(request, this, door, route).begin();
    } else {
      Permit permit = limit.arrive(() -> {});
      if (permit.takePlace()) {
        route.accept(permit);
      } else {
        request.refuse(door.route(), RawBody.overloaded());
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
