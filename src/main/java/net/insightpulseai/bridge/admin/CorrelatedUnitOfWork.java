package net.insightpulseai.bridge.admin;

import net.insightpulseai.bridge.tracecontext.CorrelatedExchange;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.impl.engine.DefaultUnitOfWork;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Keeps the MDC's {@code correlation_id} with its exchange instead of with a thread: it is set
 * before each step, on whatever thread that runs, and removed afterwards. Camel's own MDC, and
 * camel-mdc as well, leaves it on the thread that began an exchange and handed it over to wait for
 * a commit or an answer; that thread's next request would be logged with it. They also put, read
 * and remove eight more keys around each step, where three tell what a log line is about.
 */
class CorrelatedUnitOfWork extends DefaultUnitOfWork implements CorrelatedExchange {

  /** The MDC key, as it stands in every log line. */
  static final String KEY = "correlation_id";

  private volatile @Nullable String correlationId;

  CorrelatedUnitOfWork(Exchange exchange, InflightRepository inflight) {
    super(exchange, inflight, keepsOriginal(exchange), false);
    correlationId = MDC.get(KEY);
  }

  @Override
  public @Nullable String correlationId() {
    return correlationId;
  }

  private static boolean keepsOriginal(Exchange exchange) {
    return Boolean.TRUE.equals(exchange.getContext().isAllowUseOriginalMessage());
  }

  @Override
  public UnitOfWork createChildUnitOfWork(Exchange child) {
    CorrelatedUnitOfWork unit =
        new CorrelatedUnitOfWork(child, child.getContext().getInflightRepository());
    unit.setParentUnitOfWork(this);
    return unit;
  }

  @Override
  public boolean isBeforeAfterProcess() {
    return true;
  }

  @Override
  public AsyncCallback beforeProcess(
      Processor processor, Exchange exchange, AsyncCallback callback) {
    put(KEY, correlationId);
    put(MDC_EXCHANGE_ID, exchange.getExchangeId());
    put(MDC_CORRELATION_ID, exchange.getProperty(ExchangePropertyKey.CORRELATION_ID, String.class));
    Route route = getRoute();
    put(MDC_ROUTE_ID, route == null ? null : route.getRouteId());
    return super.beforeProcess(processor, exchange, callback);
  }

  @Override
  public void afterProcess(
      Processor processor, Exchange exchange, AsyncCallback callback, boolean doneSync) {
    String learnt = MDC.get(KEY);
    if (learnt != null) {
      correlationId = learnt;
    }
    clear();
  }

  @Override
  protected void onDone() {
    super.onDone();
    clear();
  }

  private static void put(String key, @Nullable String value) {
    if (value != null) {
      MDC.put(key, value);
    }
  }

  private static void clear() {
    MDC.remove(KEY);
    MDC.remove(MDC_EXCHANGE_ID);
    MDC.remove(MDC_CORRELATION_ID);
    MDC.remove(MDC_ROUTE_ID);
  }
}
