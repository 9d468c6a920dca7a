package net.insightpulseai.bridge.database;

import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.ValidateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to date. Everything but the original contract's two tables is in schema
 * {@code bridge}.
 */
public final class Migrations {

  static final String SCHEMA = "bridge";

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String KEY = "bridge.database.migrate";

  private final Flyway flyway;

  /**
   * @param dataSource as the tables' owner; not behind a transaction pooler, which forgets the
   *     session state that Flyway needs
   * @param read what signed-in Supabase users may read; the next migrate applies a change
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
   * Does what the setting says.
   *
   * @throws StartRefused if the schema is not, and cannot be made, what this version needs
   */
  public void apply(Migrate mode) {
    try {
      switch (mode) {
        case AUTO -> migrate();
        case VALIDATE -> validate();
        case OFF -> LOG.info("{}=off: the schema is not looked at", KEY);
      }
    } catch (FlywayException e) {
      throw new StartRefused(
          "The schema could not be brought up to date: "
              + ConnectFailure.oneLine(e)
              + ". Run once as the owner of the tables, or apply the migrations by hand and set "
              + KEY
              + ": validate");
    }
  }

  /**
   * Applies what is missing.
   *
   * @return how many migrations ran
   */
  public int migrate() {
    return flyway.migrate().migrationsExecuted;
  }

  private void validate() {
    ValidateResult result = flyway.validateWithResult();
    if (!result.validationSuccessful) {
      throw new StartRefused(
          KEY + "=validate",
          ConnectFailure.firstLine(result.getAllErrorMessages()),
          "the schema of this version: start once with "
              + KEY
              + "=auto as the owner of the tables");
    }
  }
}
