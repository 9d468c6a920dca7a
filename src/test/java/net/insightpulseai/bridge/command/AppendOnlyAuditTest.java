package net.insightpulseai.bridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A bridge that connects as the service role, and not as the tables' owner. */
class AppendOnlyAuditTest extends CommandFixture {

  @Test
  void theDoctorWarnsThatEventsStayAndRetentionSkipsThem() {
    try (TestDatabase database = TestDatabase.fresh()) {
      String role = "bridge_" + ProcessHandle.current().pid();
      database.jdbc().execute("create role " + role + " login noinherit password 'p'");
      database.jdbc().execute("grant service_role to " + role);
      database.jdbc().execute("alter role " + role + " set role = 'service_role'");
      try {
        String address = database.jdbcUrl().replace("jdbc:postgresql://", role + ":p@");
        run("doctor", "--bridge.database.url=postgresql://" + address);
        assertThat(out())
            .contains("ok    all rights on the tables are granted")
            .contains("and the audit is append-only")
            .contains("warn  this user may not delete rows of public.audit_event")
            .contains("connect as the table's owner (postgres)");

        Properties login = new Properties();
        login.setProperty("user", role);
        login.setProperty("password", "p");
        NamedParameterJdbcTemplate jdbc =
            new NamedParameterJdbcTemplate(new DriverManagerDataSource(database.jdbcUrl(), login));
        assertThat(step(jdbc, "retention/may_delete_events")).containsEntry("allowed", false);
        assertThat(step(jdbc, "retention/delete_event_keys")).containsEntry("more", false);
      } finally {
        database.jdbc().execute("drop role " + role);
      }
    }
  }

  @Test
  void theDoctorSeesAServiceRoleThatMayRewriteTheAudit() {
    try (TestDatabase open = TestDatabase.fresh()) {
      open.jdbc().execute("grant delete, truncate on public.audit_event to service_role");
      assertThat(run("doctor", "--bridge.database.url=" + open.url())).isOne();
      assertThat(out())
          .contains("service_role may delete public.audit_event, which is append-only")
          .contains("service_role may truncate public.audit_event, which is append-only");
    }
  }

  @Test
  void theOwnerIsNotWarned() {
    assertThat(run("doctor")).as(out()).isZero();
    assertThat(out()).doesNotContain("may not delete");
  }

  private static Map<String, Object> step(NamedParameterJdbcTemplate jdbc, String file) {
    return jdbc.queryForMap(
        SqlFile.read(file).replace(":#", ":"), Map.of("after", 0L, "steps", 9, "eventKeys", 60));
  }
}
