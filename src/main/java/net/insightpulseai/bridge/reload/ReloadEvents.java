package net.insightpulseai.bridge.reload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.insightpulseai.bridge.config.RootCause;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.history.Pin;
import net.insightpulseai.bridge.outbox.Instance;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The events {@code bridge.routes.applied} and {@code .refused} of each replica, and {@code
 * .pinned} and {@code .unpinned} of all.
 */
@Component
class ReloadEvents {

  private static final Logger LOG = LoggerFactory.getLogger(ReloadEvents.class);

  private final NamedParameterJdbcTemplate jdbc;
  private final Instance instance;

  ReloadEvents(NamedParameterJdbcTemplate jdbc, Instance instance) {
    this.jdbc = jdbc;
    this.instance = instance;
  }

  void applied(RouteVersion version, @Nullable String who) {
    ObjectNode payload = payload().put("change", version.change()).put("by", who);
    write("bridge.routes.applied", version.hash(), payload);
  }

  void refused(RefusedEdit edit, ReloadResult result, RouteVersion running) {
    ObjectNode payload = payload().put("result", result.word()).put("running", running.hash());
    edit.findings().forEach(one -> payload.withArray("findings").add(one.toString()));
    write("bridge.routes.refused", edit.hash(), payload);
  }

  void pinned(Pin pin) {
    write("bridge.routes.pinned", pin.version(), act(pin.who(), pin.why()));
  }

  void unpinned(Pin pin, @Nullable String who, String why) {
    write("bridge.routes.unpinned", pin.version(), act(who, why));
  }

  private ObjectNode act(@Nullable String who, String why) {
    return payload().put("by", who).put("why", why);
  }

  private ObjectNode payload() {
    return JsonNodeFactory.instance.objectNode().put("instance", instance.name());
  }

  /** An edit counts, whether or not the database is there to note it. */
  private void write(String type, Object routes, ObjectNode payload) {
    try {
      jdbc.update(
          SqlFile.read("routes/note"),
          Map.of(
              "event_type", type, "routes", String.valueOf(routes), "payload", payload.toString()));
    } catch (DataAccessException e) {
      LOG.warn("The event {} of routes {} is not stored: {}", type, routes, RootCause.line(e));
    }
  }
}
