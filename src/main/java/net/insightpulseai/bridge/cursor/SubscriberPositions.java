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
    restored.askOnce();
    return jdbc.sql(find)
        .param("subscriber", subscriber)
        .query((row, n) -> EventOrder.position(row))
        .optional()
        .orElse(null);
  }

  /**
   * Moves a position onward, once everything up to it is dealt with.
   *
   * @return false if it stays: it is there or further already, restored events were found since it
   *     was read, or the subscriber is gone
   */
  public boolean save(long subscriber, Position reached) {
    return jdbc.sql(save).params(parameters(subscriber, reached)).update() > 0;
  }

  /**
   * Sets a position, onward or back, to read events again or to leave some out.
   *
   * @param who who did it, for the audit event
   * @param why for what reason
   * @return false if restored events were found since this position was made, or the subscriber is
   *     gone
   */
  public boolean move(long subscriber, Position position, String who, String why) {
    Map<String, Object> parameters = parameters(subscriber, position);
    parameters.put("who", who);
    parameters.put("why", why);
    return jdbc.sql(move).params(parameters).query(Long.class).single() > 0;
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
