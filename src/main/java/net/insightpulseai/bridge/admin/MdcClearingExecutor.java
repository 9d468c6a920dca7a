package net.insightpulseai.bridge.admin;

import org.apache.camel.impl.engine.DefaultReactiveExecutor;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Camel's executor, which runs an exchange's steps on the thread that brought it until it is done
 * or waits for something. When a thread leaves it, the exchange's correlation id is cleared from
 * it.
 */
@Component
class MdcClearingExecutor extends DefaultReactiveExecutor {

  private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

  @Override
  public void schedule(Runnable task) {
    forgetAfter(() -> super.schedule(task));
  }

  @Override
  public void scheduleMain(Runnable task) {
    forgetAfter(() -> super.scheduleMain(task));
  }

  @Override
  public void scheduleSync(Runnable task) {
    forgetAfter(() -> super.scheduleSync(task));
  }

  private void forgetAfter(Runnable schedule) {
    if (inside.get() != null) {
      schedule.run();
      return;
    }
    inside.set(true);
    try {
      schedule.run();
    } finally {
      inside.remove();
      MDC.remove(CorrelatedUnitOfWork.KEY);
    }
  }
}
