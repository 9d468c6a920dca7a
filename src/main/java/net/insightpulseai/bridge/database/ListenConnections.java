package net.insightpulseai.bridge.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Connections for LISTEN, outside the pool: a pooled one forgets what it listened to. */
public interface ListenConnections {

  /**
   * Opens a connection that the caller owns and closes. Reads on it are not limited in time.
   *
   * @throws SQLException if the database is away, or behind a transaction pooler ({@link
   *     DatabaseMode#listenPossible})
   */
  Connection open() throws SQLException;
}
