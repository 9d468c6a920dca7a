package net.insightpulseai.bridge.database;

import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a role may do, asked of the server, and statements run as that role. */
final class Rights {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  Rights(TestDatabase database) {
    this.jdbc = database.jdbc();
    this.transaction =
        new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
  }

  /** The privileges on a whole table, in the server's words. */
  List<String> of(String role, String table) {
    return jdbc.queryForList(
        "select p from unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) p"
            + " where has_table_privilege(?, ?, p)",
        String.class,
        role,
        table);
  }

  boolean canUseSchema(String role, String schema) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "select has_schema_privilege(?, ?, 'USAGE')", Boolean.class, role, schema));
  }

  /** Runs a query as a role, row level security included. */
  <T> T queryAs(String role, Class<T> type, String sql) {
    return transaction.execute(
        status -> {
          jdbc.execute("set local role " + role);
          return jdbc.queryForObject(sql, type);
        });
  }

  int updateAs(String role, String sql) {
    Integer changed =
        transaction.execute(
            status -> {
              jdbc.execute("set local role " + role);
              return jdbc.update(sql);
            });
    return changed;
  }
}
