package net.insightpulseai.bridge.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;

/** The statements that store events. */
final class EventTable {

  private static final String STORE = SqlFile.read("ingest/store_events");
  private static final String STORE_TIMED = SqlFile.read("ingest/store_events_timed");
  private static final String KNOWN = SqlFile.read("ingest/known_events");

  private final DataSource dataSource;
  private final int timeoutSeconds;
  private final StoreWarnings warnings;

  EventTable(DataSource dataSource, Duration timeout, StoreWarnings warnings) {
    this.dataSource = dataSource;
    this.warnings = warnings;
    this.timeoutSeconds = (int) Math.max(1, timeout.toSeconds());
  }

  /** A key of the ledger: which row it belongs to, and the hash of what was sent then. */
  record Known(String bodySha256, long auditEventId, UUID correlationId) {}

  /**
   * Stores in one transaction those events whose key is new.
   *
   * @param events no two with the same key
   * @return the ids of the new rows in the order of the events; null where the key existed
   */
  @Nullable Long[] store(List<Event> events) throws SQLException {
    boolean timed = events.stream().anyMatch(event -> event.repeatWithin() != null);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(timed ? STORE_TIMED : STORE)) {
      statement.setQueryTimeout(timeoutSeconds);
      Columns columns = new Columns(statement, events);
      columns.text(Event::source);
      columns.text(Event::eventId);
      columns.text(Event::eventType);
      columns.text(Event::resourceId);
      columns.text(Event::payload);
      columns.text(event -> event.correlationId().toString());
      columns.text(event -> text(event.occurredAt()));
      columns.text(Event::origin);
      columns.add("int8", Event::originSeq, Long[]::new);
      columns.text(Event::causationId);
      columns.add("int2", event -> (short) event.hop(), Short[]::new);
      columns.text(Event::meta);
      columns.text(Event::bodySha256);
      if (timed) {
        columns.add("float8", event -> seconds(event.repeatWithin()), Double[]::new);
      }
      @Nullable Long[] ids = new Long[events.size()];
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids[rows.getInt("place") - 1] = rows.getObject("id", Long.class);
        }
      }
      warnings.count(statement.getWarnings());
      return ids;
    }
  }

  /** Looks the keys of events up; those that are gone again are not in the result. */
  Map<EventKey, Known> known(List<Event> events) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      statement.setQueryTimeout(timeoutSeconds);
      Columns columns = new Columns(statement, events);
      columns.text(Event::source);
      columns.text(Event::eventId);
      Map<EventKey, Known> known = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          known.put(
              new EventKey(row.getString("source"), row.getString("event_id")),
              new Known(
                  row.getString("body_sha256"),
                  row.getLong("audit_event_id"),
                  row.getObject("correlation_id", UUID.class)));
        }
      }
      return known;
    }
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis() / 1000d;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** The parameters of a statement that takes one array a column. */
  private static final class Columns {

    private final PreparedStatement statement;
    private final List<Event> events;
    private int count;

    Columns(PreparedStatement statement, List<Event> events) {
      this.statement = statement;
      this.events = events;
    }

    void text(Function<Event, @Nullable String> column) throws SQLException {
      add("text", column, String[]::new);
    }

    /**
     * Adds a column as an array of its own class, which the driver sends in binary. An array of
     * objects would be escaped here and parsed there, which cost more than all the rest of it.
     */
    <T> void add(String type, Function<Event, @Nullable T> column, IntFunction<T[]> array)
        throws SQLException {
      T[] values = events.stream().map(column).toArray(array);
      statement.setArray(++count, statement.getConnection().createArrayOf(type, values));
    }
  }
}
