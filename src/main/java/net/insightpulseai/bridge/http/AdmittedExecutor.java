package net.insightpulseai.bridge.http;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Runs routes; the request's place is taken for as long as its route runs. */
final class AdmittedExecutor implements Executor {

  private final Executor threads;

  AdmittedExecutor(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable route) {
    // Camel calls this on the thread that Spring handles the request on.
    ServletRequestAttributes current =
        (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
    EdgeRequest request = EdgeRequest.of(current.getRequest());
    if (request == null) {
      throw new IllegalStateException("a request came around the admission filter");
    }
    Permit place = request.place();
    place.handOver();
    try {
      threads.execute(place.kept(route));
    } catch (RejectedExecutionException e) {
      place.takeBack();
      throw e;
    }
  }
}
