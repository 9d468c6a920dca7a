package net.insightpulseai.bridge.replica;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.Product;
import net.insightpulseai.bridge.config.Repeated;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.outbox.Instance;
import net.insightpulseai.bridge.outbox.Queue;
import net.insightpulseai.bridge.outbox.QueueWork;
import net.insightpulseai.bridge.outbox.TargetShare;
import net.insightpulseai.bridge.reload.RoutesControl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Reports to the database that this replica is there, and learns with how many it shares the limits
 * of the targets. One that joins takes no row before all others have reported once more, and so
 * leave it its share. While the database does not answer, the last share holds.
 */
@Component
class ReplicaReport implements TargetShare, SmartLifecycle, DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(ReplicaReport.class);
  private static final String REPORT = SqlFile.read("replica/report");
  private static final String LEAVE = SqlFile.read("replica/leave");

  /** A third of the time after which a replica counts no more, see bridge.present_replicas. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final int STATEMENT_SECONDS = 5;
  private static final int TOLD_EVERY = 12;

  private final NamedParameterJdbcTemplate jdbc;
  private final String name;
  private final Instant startedAt;
  private final QueueWork work;
  // Later than this bean: Camel's component needs the share before there is a route.
  private final ObjectProvider<RoutesControl> routes;
  private final Clock clock;
  private final Repeated reports = new Repeated("replica-report", INTERVAL, this::report);
  private final Map<Queue, Share> shares = new EnumMap<>(Queue.class);
  private volatile @Nullable RoutesControl running;
  private int present;
  private int failures;
  private Instant reportedAt = Instant.EPOCH;

  ReplicaReport(
      DataSource database,
      Instance instance,
      QueueWork work,
      ObjectProvider<RoutesControl> routes,
      MeterRegistry meters,
      Clock clock) {
    JdbcTemplate bounded = new JdbcTemplate(database);
    bounded.setQueryTimeout(STATEMENT_SECONDS);
    this.jdbc = new NamedParameterJdbcTemplate(bounded);
    this.name = instance.name();
    this.work = work;
    this.routes = routes;
    this.clock = clock;
    this.startedAt = clock.instant();
    Gauge.builder("bridge.replicas", this::present)
        .description("Replicas that run on this database, as this one sees it")
        .register(meters);
  }

  @Override
  public synchronized Share of(Queue queue) {
    return shares.getOrDefault(queue, NONE);
  }

  /** NaN while the database does not answer: no value is better than an old one. */
  private synchronized double present() {
    return reportedAt.isBefore(clock.instant().minus(INTERVAL.multipliedBy(3)))
        ? Double.NaN
        : present;
  }

  private void report() {
    try {
      Map<Queue, Learned> learned = new EnumMap<>(Queue.class);
      jdbc.query(
          REPORT,
          parameters(),
          row -> {
            learned.put(
                Queue.of(row.getString("queue")),
                new Learned(
                    row.getInt("others"),
                    row.getInt("sharing"),
                    row.getInt("before"),
                    row.getBoolean("known")));
          });
      learn(learned);
    } catch (DataAccessException e) {
      failed(e);
    }
  }

  /** Once a minute while it takes no rows for this reason; else it goes on with what it has. */
  private void failed(DataAccessException failure) {
    boolean idle;
    synchronized (this) {
      idle = shares.isEmpty() && failures++ % TOLD_EVERY == 0;
    }
    if (idle) {
      LOG.warn(
          "This replica takes no rows before it can write bridge.replica: {}",
          failure.getMostSpecificCause().getMessage());
    } else {
      LOG.debug("This replica cannot be reported now", failure);
    }
  }

  /** What one queue's row of the report says. */
  private record Learned(int others, int sharing, int before, boolean known) {

    Share share() {
      if (others == 0) {
        return ALL;
      }
      return known ? new Share(before, sharing + 1) : NONE;
    }
  }

  private synchronized void learn(Map<Queue, Learned> learned) {
    learned.forEach(
        (queue, row) -> {
          Share share = row.share();
          if (!share.equals(shares.put(queue, share))) {
            LOG.info("{}: {}", queue.label(), words(share));
          }
          present = row.others() + 1;
        });
    reportedAt = clock.instant();
  }

  private static String words(Share share) {
    return share.equals(ALL)
        ? "the limits of its targets are those of this replica"
        : share.equals(NONE)
            ? "waits until the other replicas know of this one"
            : share.replicas() + " replicas share the limits of its targets";
  }

  private Map<String, Object> parameters() {
    Map<Queue, QueueWork.Work> now = work.now();
    RoutesControl control = running;
    ObjectNode queues = JsonNodeFactory.instance.objectNode();
    now.forEach(
        (queue, one) ->
            queues
                .putObject(queue.label())
                .put("claims", one.claims())
                .put("in_flight", one.inFlight())
                .put("held", one.held()));
    String claims =
        now.entrySet().stream()
            .filter(one -> one.getValue().claims())
            .map(one -> one.getKey().label())
            .collect(Collectors.joining(","));
    return Map.of(
        "name", name,
        "version", Product.version(),
        "routes", control == null ? "" : control.running(),
        "started_at", Timestamp.from(startedAt),
        "claims", claims,
        "queues", queues.toString(),
        "all", Stream.of(Queue.values()).map(Queue::label).collect(Collectors.joining(",")));
  }

  /** Before Camel starts to take rows, and after it has ended. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public void start() {
    running = routes.getIfAvailable();
    report();
    reports.start();
  }

  @Override
  public void stop() {
    reports.stop(Duration.ofSeconds(STATEMENT_SECONDS));
    try {
      jdbc.update(LEAVE, Map.of("name", name));
    } catch (DataAccessException e) {
      LOG.debug("The others will miss this replica in a while", e);
    }
  }

  /** A start that fails does not stop what had started. */
  @Override
  public void destroy() {
    if (isRunning()) {
      stop();
    }
  }

  @Override
  public boolean isRunning() {
    return reports.isRunning();
  }
}
