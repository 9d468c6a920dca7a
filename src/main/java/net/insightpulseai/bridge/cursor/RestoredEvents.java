package net.insightpulseai.bridge.cursor;

import javax.sql.DataSource;
import net.insightpulseai.bridge.database.SqlFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notes when events of another server were restored into this database. Whether it is still the
 * database of the last start is asked once, before the first read; each read itself sees events of
 * transactions that the server has not begun yet.
 */
@Component
class RestoredEvents {

  private static final Logger LOG = LoggerFactory.getLogger(RestoredEvents.class);

  private final JdbcClient jdbc;
  private final String sql = SqlFile.read("cursor/note_restored");
  private volatile boolean asked;

  RestoredEvents(@Qualifier("requestDatabase") DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /** Before any position is used. */
  void askOnce() {
    if (!asked) {
      note();
    }
  }

  /**
   * Notes them, if there are any that are not noted yet.
   *
   * @throws org.springframework.dao.DataAccessException if the database is away, or inserts that
   *     are under way hold it up; the next read tries again
   */
  void note() {
    if (jdbc.sql(sql).query(Boolean.class).single()) {
      LOG.warn(
          "This is another database than at the last start, or events were restored into it: those"
              + " until now are read in the order of their ids, and readers may get some of them"
              + " again");
    }
    asked = true;
  }
}
