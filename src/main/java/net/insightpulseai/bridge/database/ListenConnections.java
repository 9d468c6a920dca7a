package net.insightpulseai.bridge.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Connections for LISTEN, outside the pool, because a pooled one loses its subscriptions. */
public interface ListenConnections {

  /**
   * Opens a connection that the caller owns and closes. Reads on it have no time limit.
   *
   * @throws SQLException if the database is unavailable, or behind a transaction pooler ({@link
   *     DatabaseMode#listenPossible})
   */
  Connection open() throws SQLException;
}
