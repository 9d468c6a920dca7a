package net.insightpulseai.bridge.http;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Runs routes; a request holds its permit for as long as its route runs. */
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
      throw new IllegalStateException("a request bypassed the admission filter");
    }
    Permit permit = request.permit();
    permit.handOver();
    try {
      threads.execute(permit.heldDuring(route));
    } catch (RejectedExecutionException e) {
      permit.takeBack();
      throw e;
    }
  }
}
