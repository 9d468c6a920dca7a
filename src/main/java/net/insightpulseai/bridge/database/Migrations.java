package net.insightpulseai.bridge.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
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

  /** How the description of a migration begins that older versions cannot work with. */
  private static final String BREAKING = "breaking";

  private static final String OTHER_HISTORY =
      "the migrations of this version. A version before the first release made it: in demo mode,"
          + " stop the bridge and delete the folder data/; else use another database, or run"
          + " \"drop schema bridge cascade\" in this one and start again, which keeps"
          + " public.audit_event and public.odoo_action_outbox with their rows (if audit_event has"
          + " partitions, only after \"select bridge.keep_events()\") and loses"
          + " subscribers, deliveries, dead letters and replays";

  /** A request for an exclusive lock holds up every insert behind it for as long as it waits. */
  private static final String LOCK_TIMEOUT = "set lock_timeout = '1s'";

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Another bridge may be building indexes on a large table. */
  private static final Duration TURN_PATIENCE = Duration.ofMinutes(30);

  private static final Duration TURN_PAUSE = Duration.ofSeconds(1);

  private final Flyway flyway;
  private final Duration patience;
  private final MigrationTurn turn;
  private final LockPatience locks;

  /**
   * @param dataSource connects as the owner of the tables, not through a transaction pooler, which
   *     loses the session state that Flyway needs
   * @param read what signed-in Supabase users may read; a change takes effect at the next migration
   */
  public Migrations(DataSource dataSource, AuthenticatedRead read) {
    this(dataSource, read, PATIENCE, PAUSE);
  }

  /**
   * @param patience how long to try for locks that others hold
   * @param pause between two tries, in which those who waited behind ours go on
   */
  Migrations(DataSource dataSource, AuthenticatedRead read, Duration patience, Duration pause) {
    this.patience = patience;
    this.turn = new MigrationTurn(dataSource, TURN_PATIENCE, TURN_PAUSE);
    this.locks = new LockPatience(dataSource, patience, pause);
    this.flyway =
        Flyway.configure()
            .dataSource(dataSource)
            .initSql(LOCK_TIMEOUT)
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
      SQLException gone = ConnectFailure.connectionLost(e);
      if (gone != null) {
        throw new StartRefused(ConnectFailure.duringStart(gone));
      }
      throw new StartRefused(
          "The schema could not be updated: "
              + ConnectFailure.oneLine(e)
              + ". Start once as the owner of the tables, or apply the migrations yourself and set "
              + KEY
              + ": validate");
    }
  }

  /**
   * Applies the missing migrations, unless a newer version of the bridge has applied its own.
   *
   * @return how many migrations ran
   * @throws StartRefused if the history in the database is not that of a released version, if this
   *     version cannot work with what a newer one made, or if others hold locks, or the turn, for
   *     too long
   */
  public int migrate() {
    try {
      return turn.take(() -> isOfNewerVersion() ? 0 : migrateBetweenOthers());
    } catch (FlywayValidateException e) {
      String message = String.valueOf(e.getMessage());
      String detail = message.lines().skip(1).findFirst().orElse(message);
      throw new StartRefused(
          "The schema bridge", "a history of other migrations (" + detail + ")", OTHER_HISTORY);
    } catch (SQLException e) {
      throw new StartRefused(ConnectFailure.duringStart(e));
    }
  }

  /**
   * Whether a newer version has migrated this schema. Its functions must not be replaced by the
   * older ones of this version, which may run beside it or after it.
   */
  private boolean isOfNewerVersion() {
    List<MigrationInfo> newer =
        Arrays.stream(flyway.info().all())
            .filter(one -> one.getState() == MigrationState.FUTURE_SUCCESS)
            .toList();
    for (MigrationInfo one : newer) {
      if (one.getDescription().startsWith(BREAKING)) {
        throw new StartRefused(
            "The schema bridge",
            "version %s, made by a newer bridge, which this one cannot work with"
                .formatted(one.getVersion()),
            "a jar of that version or a later one");
      }
    }
    if (!newer.isEmpty()) {
      LOG.warn(
          "The schema bridge is at version {}, made by a newer bridge. It is left as it is, and this version works with it",
          newer.get(newer.size() - 1).getVersion());
    }
    return !newer.isEmpty();
  }

  /** Never waits long for a lock, because others would wait behind it, but tries again. */
  private int migrateBetweenOthers() {
    return locks.of(
        () -> flyway.migrate().migrationsExecuted,
        blockers ->
            LOG.warn("The update of the schema waits for locks that others hold: {}", blockers),
        blockers ->
            new StartRefused(
                "The schema could not be updated within %d s, because others hold locks on its tables: %s. End them, then start again"
                    .formatted(patience.toSeconds(), blockers)));
  }

  private void validate() {
    if (isOfNewerVersion()) {
      return;
    }
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
