package net.insightpulseai.bridge.ingest;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores events with different keys in one transaction. If one event makes it fail, the batch is
 * halved until that event is alone. If it takes too long, as with hundreds of subscribers or an
 * operator's slow trigger, it is stored in parts.
 */
final class DistinctEvents {

  private static final Logger log = LoggerFactory.getLogger(DistinctEvents.class);
  private static final int MAX_COLLISIONS = 5;
  private static final int PARTS = 8;

  private final EventTable table;

  DistinctEvents(EventTable table) {
    this.table = table;
  }

  /** Puts the result of each event into {@code results}. */
  void store(List<Event> events, Map<Event, EventResult> results) {
    if (storeAll(events, results)) {
      return;
    }
    int part = Math.max(1, events.size() / PARTS);
    for (int from = 0; from < events.size(); from += part) {
      List<Event> some = events.subList(from, Math.min(from + part, events.size()));
      if (events.size() == 1 || !storeAll(some, results)) {
        // The database is slow whatever it is asked; its callers do not wait for each of the rest.
        List<Event> rest = events.subList(from, events.size());
        rest.forEach(event -> results.put(event, RejectedEvent.by(SqlFault.TOO_LONG)));
        return;
      }
    }
  }

  /** Returns false if a statement took too long. */
  private boolean storeAll(List<Event> events, Map<Event, EventResult> results) {
    for (int collisions = 0; ; collisions++) {
      try {
        storeOnce(events, results);
        return true;
      } catch (SQLException e) {
        SqlFault fault = SqlFault.of(e);
        if (fault == SqlFault.COLLISION && collisions < MAX_COLLISIONS) {
          continue;
        }
        if (fault.isOfOneEvent() && events.size() > 1) {
          int half = events.size() / 2;
          return storeAll(events.subList(0, half), results)
              && storeAll(events.subList(half, events.size()), results);
        }
        RejectedEvent rejected = RejectedEvent.by(fault);
        if (rejected.isTemporary()) {
          log.warn("{} event(s) not stored: SQLSTATE {}", events.size(), SqlFault.stateOf(e));
        }
        if (fault == SqlFault.TOO_LONG) {
          return false;
        }
        events.forEach(event -> results.put(event, rejected));
        return true;
      }
    }
  }

  private void storeOnce(List<Event> events, Map<Event, EventResult> results) throws SQLException {
    @Nullable Long[] ids = table.store(events);
    List<Event> existing = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      Event event = events.get(i);
      Long id = ids[i];
      if (id == null) {
        existing.add(event);
      } else {
        results.put(event, new Stored(id, event.correlationId(), false));
      }
    }
    if (!existing.isEmpty()) {
      compare(existing, results);
    }
  }

  /** The new events of the batch are committed by now: a failure here concerns only the others. */
  private void compare(List<Event> existing, Map<Event, EventResult> results) {
    Map<EventKey, EventTable.Known> known;
    try {
      known = table.known(existing);
    } catch (SQLException e) {
      log.warn(
          "{} repeated event(s) not compared: SQLSTATE {}", existing.size(), SqlFault.stateOf(e));
      known = Map.of();
    }
    for (Event event : existing) {
      EventTable.Known first = known.get(EventKey.of(event));
      if (first == null) {
        // Retention deleted the key between the two statements, or the look-up failed.
        results.put(event, RejectedEvent.by(SqlFault.DATABASE));
      } else if (first.bodySha256().equals(event.bodySha256())) {
        results.put(event, new Stored(first.auditEventId(), first.correlationId(), true));
      } else {
        results.put(event, RejectedEvent.conflict(event));
      }
    }
  }
}
