package net.insightpulseai.bridge.admin;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.impl.engine.MDCUnitOfWork;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Keeps the MDC's {@code correlation_id} with its exchange instead of with a thread: it is set
 * before each step, on whatever thread that runs, and removed afterwards. Camel's own MDC, and
 * camel-mdc as well, leaves it on the thread that began an exchange and handed it over to wait for
 * a commit or an answer; that thread's next request would be logged with it.
 */
class CorrelatedUnitOfWork extends MDCUnitOfWork {

  /** The MDC key, as it stands in every log line. */
  static final String KEY = "correlation_id";

  private volatile @Nullable String correlationId;

  CorrelatedUnitOfWork(Exchange exchange, InflightRepository inflight) {
    super(exchange, inflight, null, keepsOriginal(exchange), false);
    correlationId = MDC.get(KEY);
  }

  /** What the log shows of an exchange. Camel would put six keys there before each step. */
  @Override
  protected void prepareMDC(Exchange exchange) {
    MDC.put(MDC_EXCHANGE_ID, exchange.getExchangeId());
    String parent = exchange.getProperty(ExchangePropertyKey.CORRELATION_ID, String.class);
    if (parent != null) {
      MDC.put(MDC_CORRELATION_ID, parent);
    }
    Route route = getRoute();
    if (route != null) {
      MDC.put(MDC_ROUTE_ID, route.getRouteId());
    }
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
