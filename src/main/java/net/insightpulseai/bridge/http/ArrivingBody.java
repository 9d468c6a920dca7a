package net.insightpulseai.bridge.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The body of a request while it arrives: without a thread, limited in size and in time. Who has
 * not sent it with the headers, and is refused because of them, is refused before it is there.
 */
final class ArrivingBody {

  private final EdgeRequest request;
  private final BodyCollector bodies;
  private final GuardedRoute route;
  private final Consumer<Permit> complete;
  private final AdmissionLimit limit;
  private final Permit permit;
  private final Buffer bytes = Buffer.buffer();
  private final boolean awaitsContinue;
  private boolean over;

  /**
   * @param complete gets the request's permit when the body is there, and must release it
   */
  ArrivingBody(
      EdgeRequest request, BodyCollector bodies, GuardedRoute route, Consumer<Permit> complete) {
    this.request = request;
    this.bodies = bodies;
    this.route = route;
    this.complete = complete;
    // A client of HTTP/1.0 would take it for the answer.
    this.awaitsContinue =
        request.http().headers().contains(HttpHeaders.EXPECT)
            && request.http().version() == HttpVersion.HTTP_1_1;
    String path = request.facts().path();
    this.limit = bodies.admission().of(path);
    this.permit = bodies.admission().ofUnknown(path).arrive(() -> refuse(RawBody.overloaded()));
  }

  void begin() {
    request.onClose(this::clientLeft);
    request
        .connection()
        .within(bodies.bodyTimeout(), () -> refuse(RawBody.tooSlow(bodies.bodyTimeout())));
    request.http().handler(this::add).endHandler(end -> end()).exceptionHandler(this::broken);
    if (awaitsContinue) {
      checkHeaders();
    } else {
      // What has come with the headers has been added by then.
      bodies.later(this::checkHeaders);
    }
  }

  private void add(Buffer part) {
    if (over) {
      return;
    }
    if (bytes.length() + part.length() > bodies.maxBody()) {
      refuse(RawBody.tooLarge(bodies.maxBody()));
    } else if (!permit.grow(part.length())) {
      refuse(RawBody.overloaded());
    } else {
      bytes.appendBuffer(part);
    }
  }

  private void end() {
    if (over) {
      return;
    }
    over = true;
    request.connection().noDeadline();
    request.onClose(() -> {});
    request.keepBody(bytes.getBytes());
    if (permit.move(limit) && permit.takePlace()) {
      complete.accept(permit);
    } else {
      permit.release();
      request.refuse(route.id(), RawBody.overloaded());
    }
  }

  /** On a thread of the routes: keys may have to be fetched. */
  private void checkHeaders() {
    Guard guard = route.guard();
    if (over || guard == null) {
      checked(false);
      return;
    }
    try {
      bodies.threads().execute(() -> askGuard(guard));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // All threads are busy, or the system gives no new one.
      refuse(RawBody.overloaded());
    }
  }

  private void askGuard(Guard guard) {
    try {
      boolean known = guard.knows(request.client());
      bodies.later(() -> checked(known));
    } catch (Refusal refusal) {
      bodies.later(() -> refuse(refusal));
    } catch (RuntimeException e) {
      // It fails again in the route, which answers it.
      bodies.later(() -> checked(false));
    }
  }

  private void checked(boolean known) {
    if (over) {
      return;
    }
    if (known && !permit.move(limit)) {
      refuse(RawBody.overloaded());
    } else if (awaitsContinue) {
      request.http().response().writeContinue();
    }
  }

  private void refuse(Refusal refusal) {
    if (!over) {
      over = true;
      permit.release();
      request.refuse(route.id(), refusal);
    }
  }

  /** What comes is not HTTP, or the connection has ended, which is told by itself. */
  private void broken(Throwable failure) {
    if (!over && !(failure instanceof HttpClosedException) && !(failure instanceof IOException)) {
      over = true;
      permit.release();
      request.answer(failure instanceof TooLongHttpHeaderException ? 431 : 400);
      request.connection().flush(); // Vert.x closes it next
    }
  }

  private void clientLeft() {
    if (!over) {
      over = true;
      permit.release();
      request.refuse(route.id(), RawBody.incomplete());
    }
  }
}
