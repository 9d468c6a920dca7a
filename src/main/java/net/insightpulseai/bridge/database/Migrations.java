package net.insightpulseai.bridge.database;

import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.ValidateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Updates the schema. Except for the two tables of the original contract, everything is in the
 * schema {@code bridge}.
 */
public final class Migrations {

  static final String SCHEMA = "bridge";

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String KEY = "bridge.database.migrate";

  private static final String OTHER_HISTORY =
      "the migrations of this version. A version before the first release made it: in demo mode,"
          + " stop the bridge and delete the folder data/; else use another database, or run"
          + " \"drop schema bridge cascade\" in this one and start again, which keeps"
          + " public.audit_event and public.odoo_action_outbox with their rows and loses"
          + " subscribers, deliveries, dead letters and replays";

  private final Flyway flyway;

  /**
   * @param dataSource connects as the owner of the tables, not through a transaction pooler, which
   *     loses the session state that Flyway needs
   * @param read what signed-in Supabase users may read; a change takes effect at the next migration
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
   * Does what the setting demands.
   *
   * @throws StartRefused if the schema is not what this version needs, and cannot be updated
   */
  public void apply(Migrate mode) {
    try {
      switch (mode) {
        case AUTO -> migrate();
        case VALIDATE -> validate();
        case OFF -> LOG.info("{}=off: the schema is not checked", KEY);
      }
    } catch (FlywayException e) {
      throw new StartRefused(
          "The schema could not be updated: "
              + ConnectFailure.oneLine(e)
              + ". Start once as the owner of the tables, or apply the migrations yourself and set "
              + KEY
              + ": validate");
    }
  }

  /**
   * Applies the missing migrations.
   *
   * @return how many migrations ran
   * @throws StartRefused if the history in the database is not that of a released version
   */
  public int migrate() {
    try {
      return flyway.migrate().migrationsExecuted;
    } catch (FlywayValidateException e) {
      String message = String.valueOf(e.getMessage());
      String detail = message.lines().skip(1).findFirst().orElse(message);
      throw new StartRefused(
          "The schema bridge", "a history of other migrations (" + detail + ")", OTHER_HISTORY);
    }
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
