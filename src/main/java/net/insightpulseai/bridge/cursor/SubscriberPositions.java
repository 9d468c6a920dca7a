package net.insightpulseai.bridge.cursor;

import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How far each subscriber that reads the events by itself has come, in the database. When restored
 * events are found, all positions here are moved to where nothing is left out. A position goes with
 * its subscriber.
 */
@Component
public class SubscriberPositions {

  private final JdbcClient jdbc;
  private final RestoredEvents restored;
  private final String find = SqlFile.read("cursor/find");
  private final String save = SqlFile.read("cursor/save");
  private final String move = SqlFile.read("cursor/move");

  SubscriberPositions(@Qualifier("requestDatabase") DataSource database, RestoredEvents restored) {
    this.jdbc = JdbcClient.create(database);
    this.restored = restored;
  }

  /** The position of a subscriber; null if it has none yet. */
  public @Nullable Position find(long subscriber) {
    Bookmark bookmark = bookmark(subscriber);
    return bookmark == null ? null : bookmark.position();
  }

  /** Where a subscriber is, as its clients may keep it; null if it has no position yet. */
  public @Nullable Bookmark bookmark(long subscriber) {
    restored.askOnce();
    return jdbc.sql(find)
        .param("subscriber", subscriber)
        .query((row, n) -> new Bookmark(EventOrder.position(row), row.getInt("moves")))
        .optional()
        .orElse(null);
  }

  /**
   * Moves a position onward, once everything up to it is dealt with.
   *
   * @return false if it stays: it is there or further already, it was moved or restored events were
   *     found since it was read, or the subscriber is gone
   */
  public boolean save(long subscriber, Bookmark reached) {
    Map<String, Object> parameters = parameters(subscriber, reached.position());
    parameters.put("moves", reached.moves());
    return jdbc.sql(save).params(parameters).update() > 0;
  }

  /**
   * Sets a position, onward or back, to read events again or to leave some out. The subscriber gets
   * no event from before it any more, and what its clients have kept is out of date.
   *
   * @param who who did it, for the audit event
   * @param why for what reason
   * @return where it is then; null if restored events were found since this position was made, or
   *     the subscriber is gone
   */
  public @Nullable Bookmark move(long subscriber, Position position, String who, String why) {
    Map<String, Object> parameters = parameters(subscriber, position);
    parameters.put("who", who);
    parameters.put("why", why);
    return jdbc.sql(move)
        .params(parameters)
        .query((row, n) -> new Bookmark(position, row.getInt("moves")))
        .optional()
        .orElse(null);
  }

  private static Map<String, Object> parameters(long subscriber, Position position) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("subscriber", subscriber);
    parameters.put("restores", position.restores());
    parameters.put("xact", String.valueOf(position.xact()));
    parameters.put("id", position.id());
    return parameters;
  }
}
