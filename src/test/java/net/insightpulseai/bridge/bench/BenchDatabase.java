package net.insightpulseai.bridge.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.Product;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.config.ThisMachine;
import net.insightpulseai.bridge.database.ConnectFailure;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import net.insightpulseai.bridge.embedded.EmbeddedPostgres;
import net.insightpulseai.bridge.embedded.FolderInUseException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The database that is measured. It must be empty, except for what an earlier run left: that has
 * the schema {@code bridge_bench} beside it, which is the first thing that a run makes.
 */
final class BenchDatabase implements AutoCloseable {

  // Where the tests have unpacked them already.
  private static final Path PROGRAMS = Path.of("target", "test-postgres");

  private static final int OLDEST_VERSION = 150000;

  // Those that Supabase makes in each new project.
  private static final List<String> SCHEMAS_OF_SUPABASE =
      List.of(
          "_realtime",
          "auth",
          "cron",
          "extensions",
          "graphql",
          "graphql_public",
          "net",
          "pgsodium",
          "realtime",
          "storage",
          "supabase_functions",
          "supabase_migrations",
          "vault");

  private static final String STRANGERS =
      """
      select format('%I.%I', n.nspname, c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'f')
         and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and n.nspname <> all (?)
         and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
         and not (?::boolean and (n.nspname in ('bridge', 'bridge_bench')
                  or n.nspname = 'public' and c.relname in ('audit_event', 'odoo_action_outbox')))
       order by n.nspname, c.relname limit 4
      """;

  private static final String DROP =
      """
      drop table if exists public.audit_event, public.odoo_action_outbox cascade;
      drop schema if exists bridge cascade;
      drop schema if exists bridge_bench cascade
      """;

  private final String url;
  private final EmbeddedPostgres embedded;
  private final DatabaseAddress address;
  private final SingleConnectionDataSource connection;
  private final JdbcTemplate jdbc;

  private BenchDatabase(
      String url, EmbeddedPostgres embedded, DatabaseAddress address, Connection connection) {
    this.url = url;
    this.embedded = embedded;
    this.address = address;
    this.connection = new SingleConnectionDataSource(connection, true);
    this.jdbc = new JdbcTemplate(this.connection);
  }

  /**
   * Connects, refuses what is not ours, and removes what an earlier run left.
   *
   * @param url empty for a PostgreSQL of our own
   * @param folder where that one keeps its rows
   */
  static BenchDatabase open(String url, Path folder, Map<String, String> environment) {
    if (!url.isEmpty()) {
      return open(url, (EmbeddedPostgres) null, environment);
    }
    EmbeddedPostgres embedded;
    try {
      embedded = EmbeddedPostgres.start(folder, PROGRAMS);
    } catch (FolderInUseException e) {
      throw new BenchFailure("another benchmark runs in this folder; wait until it has ended", e);
    } catch (IOException e) {
      throw new BenchFailure(
          "the embedded PostgreSQL does not start; set BENCH_DB_URL to an empty database: "
              + e.getMessage(),
          e);
    }
    try {
      return open(
          "postgresql://%s:%s@127.0.0.1:%d/postgres"
              .formatted(embedded.username(), embedded.password(), embedded.port()),
          embedded,
          environment);
    } catch (RuntimeException e) {
      embedded.close();
      throw e;
    }
  }

  private static BenchDatabase open(
      String url, EmbeddedPostgres embedded, Map<String, String> environment) {
    DatabaseAddress address = address(url, environment);
    BenchDatabase database;
    try {
      database = new BenchDatabase(url, embedded, address, address.connect());
    } catch (SQLException e) {
      throw new BenchFailure(
          ConnectFailure.explain(e, address)
              .replace("bridge.database.url (SUPABASE_DB_URL)", "BENCH_DB_URL"),
          e);
    }
    try {
      database.requireOurs();
      database.jdbc.execute(DROP);
      database.jdbc.execute("create schema bridge_bench");
      return database;
    } catch (RuntimeException e) {
      database.connection.destroy();
      throw e;
    }
  }

  private static DatabaseAddress address(String url, Map<String, String> environment) {
    try {
      return DatabaseAddress.of(
          new DatabaseSettings(
              url,
              environment.getOrDefault("SUPABASE_DB_SSL_ROOT_CERT", ""),
              10,
              Migrate.AUTO,
              AuthenticatedRead.NONE),
          new PlaintextHosts(
              new HashSet<>(
                  List.of(environment.getOrDefault("BRIDGE_PLAINTEXT_HOSTS", "").split(",")))));
    } catch (StartRefused e) {
      throw new BenchFailure(
          e.getMessage().replace("bridge.database.url (SUPABASE_DB_URL)", "BENCH_DB_URL"), e);
    }
  }

  private void requireOurs() {
    int version = jdbc.queryForObject("show server_version_num", Integer.class);
    if (version < OLDEST_VERSION) {
      throw new BenchFailure(
          "BENCH_DB_URL: found PostgreSQL %s, expected 15 or later"
              .formatted(jdbc.queryForObject("show server_version", String.class)));
    }
    if (address.pooler()) {
      throw new BenchFailure(
          "BENCH_DB_URL: found a transaction pooler (port 6543), expected the direct address or the session pooler: the schema cannot be made through it");
    }
    boolean marked =
        jdbc.queryForObject("select to_regnamespace('bridge_bench') is not null", Boolean.class);
    List<String> strangers =
        jdbc.queryForList(
            STRANGERS, String.class, SCHEMAS_OF_SUPABASE.toArray(String[]::new), marked);
    if (!strangers.isEmpty()) {
      throw new BenchFailure(
          "BENCH_DB_URL: found a database that holds %s, expected an empty one: create a database for the benchmark alone"
              .formatted(String.join(", ", strangers)));
    }
    int bridges =
        jdbc.queryForObject(
            "select count(*) from pg_stat_activity where datname = current_database()"
                + " and application_name = ? and pid <> pg_backend_pid()",
            Integer.class,
            Product.NAME);
    if (bridges > 0) {
      throw new BenchFailure(
          "BENCH_DB_URL: found a database that a bridge is connected to, expected one that nobody uses: stop the bridge that an earlier run may have left");
    }
  }

  /** As the bridge takes it, with the password. */
  String url() {
    return url;
  }

  boolean isEmbedded() {
    return embedded != null;
  }

  /** Whether its processes may be on this machine. */
  boolean isLocal() {
    return ThisMachine.is(address.host());
  }

  /** The statements of the benchmark itself, all on one connection. */
  JdbcTemplate jdbc() {
    return jdbc;
  }

  /** A further connection, which the caller closes. */
  Connection connect() throws SQLException {
    return address.connect();
  }

  /** Removes all that the run has made, and stops the embedded server. */
  @Override
  public void close() {
    try {
      jdbc.execute(DROP);
    } finally {
      connection.destroy();
      if (embedded != null) {
        embedded.close();
      }
    }
  }
}
