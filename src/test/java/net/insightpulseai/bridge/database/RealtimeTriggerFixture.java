package net.insightpulseai.bridge.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database of its own with a realtime subscriber. */
abstract class RealtimeTriggerFixture {

  static final String EVENT =
      "insert into public.audit_event (source, event_type, resource_id, payload, meta)"
          + " values ('odoo', 'res.partner.updated', '42', '{\"name\": \"Acme\"}', '{\"company_id\": 3}')";

  TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  void subscribe(String mode) {
    database
        .jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, mode) values ('app', 'realtime', ?)", mode);
  }

  List<String> warningsOf(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      List<String> warnings = new ArrayList<>();
      for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
        warnings.add(each.getSQLState() + " " + each.getMessage());
      }
      return warnings;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long count(String table) {
    return database.jdbc().queryForObject("select count(*) from " + table, Long.class);
  }
}
