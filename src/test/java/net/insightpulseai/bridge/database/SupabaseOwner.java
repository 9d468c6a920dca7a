package net.insightpulseai.bridge.database;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A role as Supabase's {@code postgres} is: it owns the database, but is no superuser. */
final class SupabaseOwner {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final DriverManagerDataSource dataSource;

  private SupabaseOwner(DriverManagerDataSource dataSource) {
    this.dataSource = dataSource;
  }

  static SupabaseOwner of(TestDatabase database) {
    String role = "owner_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    JdbcTemplate admin = database.jdbc();
    admin.execute(
        "create role "
            + role
            + " login nosuperuser createrole createdb bypassrls password 'owner'");
    admin.execute("grant anon, authenticated, service_role to " + role);
    String name = admin.queryForObject("select current_database()", String.class);
    admin.execute("alter database " + name + " owner to " + role);
    admin.execute("alter schema public owner to " + role);
    Properties credentials = new Properties();
    credentials.setProperty("user", role);
    credentials.setProperty("password", "owner");
    return new SupabaseOwner(new DriverManagerDataSource(database.jdbcUrl(), credentials));
  }

  DriverManagerDataSource dataSource() {
    return dataSource;
  }

  JdbcTemplate jdbc() {
    return new JdbcTemplate(dataSource);
  }
}
