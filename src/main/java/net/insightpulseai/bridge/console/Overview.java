package net.insightpulseai.bridge.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.BridgeMode;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.outbox.Instance;
import net.insightpulseai.bridge.outbox.Queue;
import net.insightpulseai.bridge.outbox.QueueCounts;
import net.insightpulseai.bridge.pairing.Pairing;
import net.insightpulseai.bridge.pairing.PairingStatus;
import net.insightpulseai.bridge.reload.RoutesControl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The bridge at a glance: what waits, what happened in the last hour, what is wrong. */
@Component
public class Overview {

  private static final Logger LOG = LoggerFactory.getLogger(Overview.class);
  private static final String INSTANCES = SqlFile.read("lookup/instances");
  private static final int TIMEOUT_SECONDS = 2;

  private final JdbcTemplate jdbc;
  private final QueueCounts counts;
  private final Activity activity;
  private final Pairing pairing;
  private final RoutesControl routes;
  private final HealthIndicator routesHealth;
  private final Instance instance;
  private final BridgeMode mode;
  private final Clock clock;

  Overview(
      DataSource database,
      QueueCounts counts,
      Activity activity,
      Pairing pairing,
      RoutesControl routes,
      @Qualifier("routesHealthIndicator") HealthIndicator routesHealth,
      Instance instance,
      BridgeMode mode,
      Clock clock) {
    this.jdbc = new JdbcTemplate(database);
    this.jdbc.setQueryTimeout(TIMEOUT_SECONDS);
    this.counts = counts;
    this.activity = activity;
    this.pairing = pairing;
    this.routes = routes;
    this.routesHealth = routesHealth;
    this.instance = instance;
    this.mode = mode;
    this.clock = clock;
  }

  /**
   * As it is now. Counts are null while the database does not answer; {@code hour} is of this
   * instance alone.
   */
  public ObjectNode now() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ok", true);
    json.put("at", clock.instant().toString());
    json.put("instance", instance.name());
    json.put("mode", mode.word());
    json.set("instances", instances());
    ObjectNode queues = json.putObject("queues");
    for (Queue queue : Queue.values()) {
      queue(queue, queues.putObject(queue.label()));
    }
    json.set("hour", activity.json());
    PairingStatus pair = pairing.last();
    json.putObject("pairing")
        .put("state", (pair == null ? PairingStatus.State.UNKNOWN : pair.state()).word())
        .put("message", pair == null ? "Odoo was not asked yet" : pair.message())
        .put("stops", pair != null && pair.fault() != null);
    routes(json.putObject("routes"));
    return json;
  }

  /** The instances that run now, by their names; null while the database does not answer. */
  private @Nullable ArrayNode instances() {
    try {
      ArrayNode names = JsonNodeFactory.instance.arrayNode();
      jdbc.queryForList(INSTANCES, String.class).forEach(names::add);
      return names;
    } catch (DataAccessException e) {
      LOG.debug("The instances cannot be listed now", e);
      return null;
    }
  }

  private void queue(Queue queue, ObjectNode json) {
    for (String state : QueueCounts.STATES) {
      put(json, state, counts.value(queue, state));
    }
    put(json, QueueCounts.OLDEST, counts.value(queue, QueueCounts.OLDEST));
  }

  private static void put(ObjectNode json, String name, double value) {
    json.put(name, Double.isNaN(value) ? null : Math.round(value));
  }

  private void routes(ObjectNode json) {
    Health health = routesHealth.health();
    json.put("applied", String.valueOf(health.getDetails().get("applied")));
    json.put("since", String.valueOf(health.getDetails().get("since")));
    json.put("change", routes.getApplied());
    ArrayNode findings = json.putArray("findings");
    if (health.getDetails().get("findings") instanceof List<?> found) {
      found.forEach(one -> findings.add(String.valueOf(one)));
    }
  }
}
