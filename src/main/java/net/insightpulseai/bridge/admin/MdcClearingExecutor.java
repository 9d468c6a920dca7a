package net.insightpulseai.bridge.admin;

import org.apache.camel.impl.engine.DefaultReactiveExecutor;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * The executor of Camel, which runs the steps of an exchange on the calling thread until the
 * exchange ends or waits. When a thread leaves it, the correlation id of the exchange is removed
 * from the MDC.
 */
@Component
class MdcClearingExecutor extends DefaultReactiveExecutor {

  private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

  @Override
  public void schedule(Runnable task) {
    clearAfter(() -> super.schedule(task));
  }

  @Override
  public void scheduleMain(Runnable task) {
    clearAfter(() -> super.scheduleMain(task));
  }

  @Override
  public void scheduleSync(Runnable task) {
    clearAfter(() -> super.scheduleSync(task));
  }

  private void clearAfter(Runnable schedule) {
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
