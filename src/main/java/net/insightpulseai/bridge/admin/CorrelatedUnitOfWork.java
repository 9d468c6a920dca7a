package net.insightpulseai.bridge.admin;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.engine.MDCUnitOfWork;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Keeps the {@code correlation_id} of the MDC with its exchange, not with a thread. It is set
 * before each step, on whatever thread the step runs, and removed after it. The unit of work of
 * Camel would leave it on a thread that handed its exchange over to wait for a commit or an answer,
 * and the next request on that thread would show it.
 */
class CorrelatedUnitOfWork extends MDCUnitOfWork {

  /** The MDC key, as it appears in the log lines. */
  static final String KEY = "correlation_id";

  private volatile @Nullable String correlationId;

  CorrelatedUnitOfWork(Exchange exchange, InflightRepository inflight) {
    super(exchange, inflight, null, keepsOriginal(exchange), false);
    correlationId = MDC.get(KEY);
  }

  private static boolean keepsOriginal(Exchange exchange) {
    return Boolean.TRUE.equals(exchange.getContext().isAllowUseOriginalMessage());
  }

  @Override
  public UnitOfWork newInstance(Exchange exchange) {
    return new CorrelatedUnitOfWork(exchange, exchange.getContext().getInflightRepository());
  }

  @Override
  public AsyncCallback beforeProcess(
      Processor processor, Exchange exchange, AsyncCallback callback) {
    String known = correlationId;
    if (known != null) {
      MDC.put(KEY, known);
    }
    return super.beforeProcess(processor, exchange, callback);
  }

  @Override
  public void afterProcess(
      Processor processor, Exchange exchange, AsyncCallback callback, boolean doneSync) {
    String learnt = MDC.get(KEY);
    if (learnt != null) {
      correlationId = learnt;
    }
    super.afterProcess(processor, exchange, callback, doneSync);
  }

  @Override
  public void clear() {
    MDC.remove(KEY);
    super.clear();
  }
}
