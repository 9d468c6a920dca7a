package net.insightpulseai.bridge.outbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.database.SqlFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Which other instances are gone, so that their rows need not wait for the end of their leases.
 * Each holds an advisory lock as long as it lives. One that has lost its connection takes the lock
 * again within seconds: it counts as gone only when three looks in a row have not found its lock,
 * and when it does not report as a replica either. Used by one thread.
 */
final class InstanceWatch {

  private static final Logger LOG = LoggerFactory.getLogger(InstanceWatch.class);
  private static final String GONE = SqlFile.read("queue/gone_instances");
  private static final String FORGET = SqlFile.read("queue/forget_instances");
  private static final int LOOKS = 3;

  private final NamedParameterJdbcTemplate jdbc;
  private final String instance;
  private final Map<String, Integer> missing = new HashMap<>();

  InstanceWatch(NamedParameterJdbcTemplate jdbc, String instance) {
    this.jdbc = jdbc;
    this.instance = instance;
  }

  /** Looks once; to be called every few seconds. */
  void look() {
    Map<String, Boolean> reports = new HashMap<>();
    jdbc.query(
        GONE,
        Map.of("instance", instance),
        row -> {
          reports.put(row.getString("name"), row.getBoolean("reports"));
        });
    missing.keySet().retainAll(reports.keySet());
    reports.forEach(
        (name, alive) ->
            missing.compute(
                name,
                (n, looks) -> {
                  int now = looks == null ? 1 : looks + 1;
                  return alive ? Math.min(now, LOOKS - 1) : now;
                }));
    missing.forEach(
        (name, looks) -> {
          if (looks == LOOKS) {
            LOG.warn("The instance {} is gone; what it had in flight is queued again", name);
          }
        });
  }

  /** The instances that are gone. */
  Collection<String> gone() {
    return missing.entrySet().stream()
        .filter(one -> one.getValue() >= LOOKS)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Forgets the instances that have nothing in flight any more. */
  void forget() {
    Collection<String> gone = gone();
    if (!gone.isEmpty()) {
      jdbc.update(FORGET, Map.of("gone", gone));
    }
  }
}
