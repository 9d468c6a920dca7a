package net.insightpulseai.bridge;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.Migrations;
import net.insightpulseai.bridge.embedded.EmbeddedPostgres;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A database of a test's own on a real PostgreSQL with Supabase's roles. One server serves the
 * whole JVM; a migrated database is copied from a template and costs a few ten milliseconds.
 */
public final class TestDatabase implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestServer server;
  private final String name;
  private final HikariDataSource dataSource;

  private TestDatabase(TestServer server, String name) {
    this.server = server;
    this.name = name;
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(server.jdbcUrl(name));
    pool.setUsername(username());
    pool.setPassword(password());
    pool.setMaximumPoolSize(16);
    pool.setMinimumIdle(0);
    pool.setIdleTimeout(10_000);
    pool.setConnectionTimeout(10_000);
    pool.setInitializationFailTimeout(-1);
    this.dataSource = new HikariDataSource(pool);
  }

  /** A migrated database. */
  public static TestDatabase fresh() {
    return on(TestServer.shared(), TestServer.MIGRATED);
  }

  /** A database with nothing in it, as a new Supabase project. */
  public static TestDatabase empty() {
    return on(TestServer.shared(), "template1");
  }

  /**
   * A migrated database whose events are in one table, as in installations of before partitions.
   */
  public static TestDatabase withoutPartitions() {
    TestDatabase database = empty();
    database
        .jdbc()
        .execute(
            "create table public.audit_event (id bigserial primary key, source text not null"
                + " check (source in ('odoo', 'supabase', 'bridge')), event_type text not null,"
                + " resource_id text, payload jsonb not null default '{}', correlation_id uuid not null"
                + " default gen_random_uuid(), created_at timestamptz not null default now());"
                + " insert into public.audit_event (source, event_type) values ('odoo', 'first.one')");
    new Migrations(database.dataSource(), AuthenticatedRead.NONE).migrate();
    database.jdbc().execute("delete from public.audit_event");
    return database;
  }

  /** A migrated database on a server that this test may stop and start; the caller closes it. */
  public static TestDatabase ownServer() {
    try {
      return on(TestServer.own(), TestServer.MIGRATED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestDatabase on(TestServer server, String template) {
    String name = "t_" + COUNT.incrementAndGet();
    server.createDatabase(name, template);
    return new TestDatabase(server, name);
  }

  /** As Supabase's dashboard prints it, with the credentials. */
  public String url() {
    return "postgresql://%s:%s@127.0.0.1:%d/%s"
        .formatted(username(), password(), server.port(), name);
  }

  /** Without credentials. */
  public String jdbcUrl() {
    return server.jdbcUrl(name);
  }

  public String username() {
    return EmbeddedPostgres.USERNAME;
  }

  public String password() {
    return server.password();
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public JdbcTemplate jdbc() {
    return new JdbcTemplate(dataSource);
  }

  /** Of {@link #ownServer} only. */
  public void stopServer() {
    server.stop();
    // The test's own connections are broken now; the bridge's are the bridge's to mend.
    if (dataSource.getHikariPoolMXBean() != null) {
      dataSource.getHikariPoolMXBean().softEvictConnections();
    }
  }

  /** At the same address as before. */
  public void startServer() {
    server.start();
  }

  /** Where the server of all tests keeps what it needs. */
  static Path root() {
    return Path.of("target", "test-postgres");
  }

  @Override
  public void close() {
    dataSource.close();
    server.release(name);
  }
}
