package net.insightpulseai.bridge.action;

import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which of some actions are finished, in one statement. */
@Component
class ActionOutcomes {

  private static final int STATEMENT_SECONDS = 5;

  private final JdbcClient jdbc;
  private final String sql = SqlFile.read("action/outcomes");

  ActionOutcomes(@Qualifier("requestDatabase") DataSource database) {
    JdbcTemplate bounded = new JdbcTemplate(database);
    bounded.setQueryTimeout(STATEMENT_SECONDS);
    this.jdbc = JdbcClient.create(bounded);
  }

  List<ActionOutcome> of(Collection<Long> ids) {
    return jdbc.sql(sql)
        .param("ids", ids)
        .query(
            (row, n) ->
                new ActionOutcome(
                    row.getLong("id"),
                    row.getString("status"),
                    row.getString("last_error"),
                    row.getObject("response_status", Integer.class),
                    row.getString("response_body"),
                    row.getString("reason")))
        .list();
  }
}
