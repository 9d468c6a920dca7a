package net.insightpulseai.bridge.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code outbox:<queue>?responseTimeout=75s}, consumer only. It owns one engine
 * a queue, which is created for the first route that needs it and closed with the Camel context.
 */
@Component("outbox-component")
@org.apache.camel.spi.annotations.Component("outbox") // for the generated catalog entry
class OutboxComponent extends DefaultComponent {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxComponent.class);
  private static final int STATEMENT_SECONDS = 20;
  private static final Duration RESCUE_INTERVAL = Duration.ofSeconds(5);
  private static final Duration FORGET_INTERVAL = Duration.ofMinutes(1);
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

  private final NamedParameterJdbcTemplate jdbc;
  private final OutboxSettings settings;
  private final CircuitBreakers breakers;
  private final TargetLimits limits;
  private final TargetShare share;
  private final BatchPolicy batchPolicy;
  private final DeadLetterFactory deadLetters;
  private final QueueWakeUp wakeUp;
  private final QueueWork work;
  private final BlockedQueues blocked;
  private final List<RowsFinishedListener> listeners;
  private final MeterRegistry meters;
  private final String instance;
  private final InstanceWatch instances;
  private final Map<Queue, QueueEngine> engines = new EnumMap<>(Queue.class);
  private @Nullable ExecutorService workers;
  private @Nullable ScheduledExecutorService keeper;

  OutboxComponent(
      @Qualifier("engineDatabase") DataSource database,
      OutboxSettings settings,
      Instance instance,
      CircuitBreakers breakers,
      TargetLimits limits,
      TargetShare share,
      BatchPolicy batchPolicy,
      DeadLetterFactory deadLetters,
      QueueWakeUp wakeUp,
      QueueWork work,
      BlockedQueues blocked,
      List<RowsFinishedListener> listeners,
      MeterRegistry meters) {
    JdbcTemplate bounded = new JdbcTemplate(database);
    bounded.setQueryTimeout(STATEMENT_SECONDS);
    this.jdbc = new NamedParameterJdbcTemplate(bounded);
    this.settings = settings;
    this.breakers = breakers;
    this.limits = limits;
    this.share = share;
    this.batchPolicy = batchPolicy;
    this.deadLetters = deadLetters;
    this.wakeUp = wakeUp;
    this.work = work;
    this.blocked = blocked;
    this.listeners = listeners;
    this.meters = meters;
    this.instance = instance.name();
    this.instances = new InstanceWatch(jdbc, instance.name());
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
    Duration timeout = OutboxEndpoint.timeout(parameters.remove("responseTimeout"));
    return new OutboxEndpoint(uri, this, Queue.of(name), timeout);
  }

  /** The engine of a queue. */
  synchronized QueueEngine engine(Queue queue) {
    return engines.computeIfAbsent(queue, this::open);
  }

  private QueueEngine open(Queue queue) {
    if (workers == null || keeper == null) {
      // Camel gives virtual threads here where the JDK has them.
      workers = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "outbox");
      keeper =
          getCamelContext()
              .getExecutorServiceManager()
              .newSingleThreadScheduledExecutor(this, "outbox-keeper");
      every(keeper, RESCUE_INTERVAL, instances::look);
      every(keeper, FORGET_INTERVAL, instances::forget);
    }
    QueueStore store =
        new QueueStore(queue, jdbc, instance, settings.blockLaneOnError(), deadLetters);
    QueueMetrics metrics = new QueueMetrics(meters, queue.label());
    if (settings.stableInstance()) {
      int released = store.releaseOwn();
      if (released > 0) {
        LOG.info(
            "{}: took back {} rows that an earlier run of this instance had leased",
            queue.label(),
            released);
      }
    }
    QueueEngine engine =
        new QueueEngine(
            queue,
            store,
            settings,
            workers,
            breakers,
            limits,
            share,
            batchPolicy,
            metrics,
            listeners);
    if (queue == Queue.ODOO_ACTIONS) {
      breakers.keepProbing("odoo");
    }
    metrics.inFlight(engine::inFlight);
    metrics.held(engine::held);
    wakeUp.register(queue.label(), engine::wake, engine::lookNow);
    work.register(queue, engine::work);
    every(keeper, RESCUE_INTERVAL, () -> engine.keeper().rescue(instances.gone()));
    blocked.watch(queue.label());
    every(keeper, RESCUE_INTERVAL, () -> engine.keeper().reportLocks(blocked));
    every(keeper, PROBE_INTERVAL, engine::askTargets);
    return engine;
  }

  /**
   * A failure must not end the schedule; the claim loop reports that the database is unreachable.
   */
  @SuppressWarnings("CatchThrowable")
  static void every(ScheduledExecutorService keeper, Duration interval, Runnable task) {
    // Nobody waits for it: it ends with the keeper.
    var unused =
        keeper.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (DataAccessException e) {
                LOG.debug("Skipped for now: {}", e.getMessage());
              } catch (Throwable e) {
                LOG.error("A scheduled task of the queue engine failed; it runs again", e);
              }
            },
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() throws Exception {
    synchronized (this) {
      if (keeper != null) {
        getCamelContext().getExecutorServiceManager().shutdownNow(keeper);
        keeper = null;
      }
      engines.forEach(
          (queue, engine) -> {
            wakeUp.unregister(queue.label());
            work.unregister(queue);
            engine.close();
          });
      engines.clear();
      if (workers != null) {
        getCamelContext().getExecutorServiceManager().shutdown(workers);
        workers = null;
      }
    }
    super.doStop();
  }
}
