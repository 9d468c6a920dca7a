package net.insightpulseai.bridge.database;

import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import org.flywaydb.core.Flyway;

/** Brings the schema up to date. All that is ours but the document's two tables is in bridge. */
public final class Migrations {

  static final String SCHEMA = "bridge";

  private final Flyway flyway;

  /**
   * @param dataSource owns the tables, and is not behind a transaction pooler
   * @param read what signed-in Supabase users may read; a change is applied by the next migrate
   */
  public Migrations(DataSource dataSource, AuthenticatedRead read) {
    this.flyway =
        Flyway.configure()
            .dataSource(dataSource)
            .schemas(SCHEMA)
            .createSchemas(true)
            .placeholders(Map.of("authenticatedRead", read.name().toLowerCase(Locale.ROOT)))
            .load();
  }

  /**
   * Applies what is missing.
   *
   * @return how many migrations ran
   */
  public int migrate() {
    return flyway.migrate().migrationsExecuted;
  }
}
