package net.insightpulseai.bridge.cursor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All events in one order, in which new ones only ever come behind those that can be read: by
 * transaction, then by id, up to the oldest open transaction of the server. A transaction that
 * stays open anywhere on the server holds later events back; it never hides them. Methods throw
 * {@link org.springframework.dao.DataAccessException} while the database is away.
 */
@Component
public class EventOrder {

  private static final int STATEMENT_SECONDS = 20;
  private static final int LOOKS = 1_000;
  private static final Pattern ID = Pattern.compile("[0-9]+");

  private final JdbcClient jdbc;
  private final RestoredEvents restored;
  private final String read = SqlFile.read("cursor/read");
  private final String arrivals = SqlFile.read("cursor/arrivals");
  private final String start = SqlFile.read("cursor/start");

  EventOrder(@Qualifier("requestDatabase") DataSource database, RestoredEvents restored) {
    JdbcTemplate bounded = new JdbcTemplate(database);
    bounded.setQueryTimeout(STATEMENT_SECONDS);
    this.jdbc = JdbcClient.create(bounded);
    this.restored = restored;
  }

  /**
   * Reads on. One that its patterns and its filter leave out costs little, but is counted among
   * those that are looked at: read on from {@link EventBatch#next} while there are more.
   *
   * @param subscriber its id; of one that does not exist, no event is found
   * @param after a position of {@link SubscriberPositions} or of this class, or a checked one of a
   *     client
   * @param limit at most so many events, 1 to 10,000
   * @param looks look at so many at most, at least {@code limit}
   * @throws PositionOutdated if restored events were found since the position was made, or it is
   *     not of this database
   */
  public EventBatch read(long subscriber, Position after, int limit, int looks) {
    restored.askOnce();
    Rows rows = new Rows(after);
    jdbc.sql(read)
        .param("subscriber", subscriber)
        .param("xact", String.valueOf(after.xact()))
        .param("id", after.id())
        .param("limit", limit)
        .param("looks", looks)
        .query(rows::add);
    if (rows.restored) {
      restored.note();
    }
    if (rows.restored || rows.ahead || rows.restores != after.restores()) {
      throw new PositionOutdated();
    }
    return new EventBatch(rows.events, rows.next, rows.more);
  }

  /**
   * Whom to wake: which of some subscribers ask for the type of an event that has come.
   *
   * @param waiting the ids of subscribers that have read up to there, or further
   * @throws PositionOutdated as {@link #read}
   */
  public Arrivals arrivals(Collection<Long> waiting, Position after) {
    return jdbc.sql(arrivals)
        .param("waiting", waiting.toString())
        .param("xact", String.valueOf(after.xact()))
        .param("id", after.id())
        .param("looks", LOOKS)
        .query((row, n) -> arrivals(row, after))
        .single();
  }

  private static Arrivals arrivals(ResultSet row, Position after) throws SQLException {
    if (row.getBoolean("restored") || row.getInt("restores") != after.restores()) {
      throw new PositionOutdated();
    }
    Set<Long> wanted = new HashSet<>();
    Matcher id = ID.matcher(row.getString("wanted"));
    while (id.find()) {
      wanted.add(Long.valueOf(id.group()));
    }
    return new Arrivals(wanted, reached(row, after), row.getBoolean("more"));
  }

  /** Before the first event that is still kept. */
  public Position beginning() {
    return from(0);
  }

  /** Before the event with this id and all with a higher one; some lower ones may follow, too. */
  public Position from(long id) {
    return start(id);
  }

  /** Behind all events that are committed. */
  public Position now() {
    return start(null);
  }

  private Position start(@Nullable Long id) {
    restored.askOnce();
    return jdbc.sql(start).param("id", id).query((row, n) -> position(row)).single();
  }

  /** The columns {@code restores}, {@code xact} and {@code id}. */
  static Position position(ResultSet row) throws SQLException {
    return new Position(
        row.getInt("restores"), Long.parseLong(row.getString("xact")), row.getLong("id"));
  }

  /** How far a statement has looked; where it was, if it found nothing. */
  private static Position reached(ResultSet row, Position before) throws SQLException {
    String xact = row.getString("reached_xact");
    return xact == null
        ? before
        : new Position(row.getInt("restores"), Long.parseLong(xact), row.getLong("reached_id"));
  }

  /** The rows of one read. */
  private static final class Rows {

    private final List<OrderedEvent> events = new ArrayList<>();
    private int restores;
    private boolean restored;
    private boolean ahead;
    private boolean more;
    private Position next;

    Rows(Position after) {
      this.next = after;
    }

    void add(ResultSet row) throws SQLException {
      restores = row.getInt("restores");
      restored = row.getBoolean("restored");
      ahead = row.getBoolean("ahead");
      more = row.getBoolean("more");
      next = reached(row, next);
      if (row.getString("message") != null) {
        events.add(
            new OrderedEvent(
                position(row),
                row.getLong("id"),
                row.getString("lane"),
                row.getString("company"),
                row.getString("event_type"),
                row.getString("source"),
                row.getString("resource_id"),
                row.getString("correlation_id"),
                row.getInt("hop"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("traceparent"),
                row.getString("tracestate"),
                row.getString("message")));
      }
    }
  }
}
