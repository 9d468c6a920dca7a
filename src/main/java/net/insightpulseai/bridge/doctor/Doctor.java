package net.insightpulseai.bridge.doctor;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.ConnectFailure;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.pairing.PairingRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.unit.DataSize;

/**
 * Checks everything that the bridge depends on without changing it, and names a remedy for each
 * fault. A setting that is wrong stops only the checks that need it.
 */
@Import({
  SectionsCheck.class,
  RoutesCheck.class,
  SettingsCheck.class,
  DatabaseCheck.class,
  OldSnapshotsCheck.class,
  SchemaCheck.class,
  RowsCheck.class,
  OdooCheck.class,
  PairingCheck.class,
  SupabaseCheck.class,
  KafkaCheck.class
})
public class Doctor {

  private final SectionsCheck sectionsCheck;
  private final RoutesCheck routesCheck;
  private final ObjectProvider<DatabaseSettings> database;
  private final PlaintextHosts plaintext;
  private final ObjectProvider<SettingsCheck> settingsCheck;
  private final ObjectProvider<OdooCheck> odooCheck;
  private final ObjectProvider<SupabaseCheck> supabaseCheck;
  private final ObjectProvider<KafkaCheck> kafkaCheck;
  private final DatabaseCheck databaseCheck;
  private final OldSnapshotsCheck oldSnapshotsCheck;
  private final SchemaCheck schemaCheck;
  private final RowsCheck rowsCheck;
  private final PairingCheck pairingCheck;

  Doctor(
      SectionsCheck sectionsCheck,
      RoutesCheck routesCheck,
      ObjectProvider<DatabaseSettings> database,
      PlaintextHosts plaintext,
      ObjectProvider<SettingsCheck> settingsCheck,
      ObjectProvider<OdooCheck> odooCheck,
      ObjectProvider<SupabaseCheck> supabaseCheck,
      ObjectProvider<KafkaCheck> kafkaCheck,
      DatabaseCheck databaseCheck,
      OldSnapshotsCheck oldSnapshotsCheck,
      SchemaCheck schemaCheck,
      RowsCheck rowsCheck,
      PairingCheck pairingCheck) {
    this.sectionsCheck = sectionsCheck;
    this.routesCheck = routesCheck;
    this.database = database;
    this.plaintext = plaintext;
    this.settingsCheck = settingsCheck;
    this.odooCheck = odooCheck;
    this.supabaseCheck = supabaseCheck;
    this.kafkaCheck = kafkaCheck;
    this.databaseCheck = databaseCheck;
    this.oldSnapshotsCheck = oldSnapshotsCheck;
    this.schemaCheck = schemaCheck;
    this.rowsCheck = rowsCheck;
    this.pairingCheck = pairingCheck;
  }

  /**
   * Runs every check and prints what it found, with a remedy for each fault.
   *
   * @param arguments {@code --disk 8GB} also estimates when a disk of that size will be full
   * @return whether no check failed
   */
  public boolean run(List<String> arguments, PrintStream out) throws Exception {
    DoctorReport report = new DoctorReport(out);
    DataSize disk = disk(arguments);
    sectionsCheck.run(report);
    routesCheck.run(report);
    SettingsCheck settings = SectionsCheck.withItsSettings(settingsCheck);
    if (settings != null) {
      settings.run(report);
    }
    Stored known = checkDatabase(report, disk);
    OdooCheck odoo = SectionsCheck.withItsSettings(odooCheck);
    if (odoo != null) {
      OdooInfoResult answer = odoo.run(report, known.actions());
      pairingCheck.checkOdoo(report, known.paired(), answer, odoo.address());
    }
    SupabaseCheck supabase = SectionsCheck.withItsSettings(supabaseCheck);
    if (supabase != null) {
      supabase.run(report);
    }
    KafkaCheck kafka = SectionsCheck.withItsSettings(kafkaCheck);
    if (kafka != null) {
      kafka.run(report, known.topics());
    }
    return !report.failed();
  }

  /**
   * What the database holds about what is checked after it.
   *
   * @param actions the names of actions that wait for it, or failed
   * @param paired the paired Odoo; null if unknown
   * @param topics what subscribers write to
   */
  private record Stored(
      List<String> actions, @Nullable PairingRecord paired, List<KafkaCheck.Wanted> topics) {

    static final Stored NOTHING = new Stored(List.of(), null, List.of());
  }

  private Stored checkDatabase(DoctorReport report, DataSize disk) {
    DatabaseSettings settings = SectionsCheck.withItsSettings(database);
    if (settings == null) {
      return Stored.NOTHING;
    }
    DatabaseAddress address;
    try {
      address = DatabaseAddress.of(settings, plaintext);
    } catch (StartRefused e) {
      report.fail(
          "database: " + e.getMessage(),
          "correct " + Objects.requireNonNullElse(e.key(), "SUPABASE_DB_URL"));
      return Stored.NOTHING;
    }
    try (Connection connection = address.connect()) {
      JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
      databaseCheck.run(report, address, jdbc);
      oldSnapshotsCheck.run(report, jdbc);
      if (schemaCheck.run(report, jdbc)) {
        rowsCheck.run(report, jdbc, disk);
        return new Stored(
            KnownActions.wanted(jdbc),
            pairingCheck.checkDatabase(report, address, jdbc),
            KafkaCheck.wanted(jdbc));
      }
    } catch (SQLException e) {
      report.fail(
          ConnectFailure.explain(e, address),
          "fix this first; the checks that depend on it did not run");
    } catch (DataAccessException e) {
      report.fail(
          "database: " + e.getMostSpecificCause().getMessage(),
          "grant the bridge's user the rights of service_role, or run make bridge-sql");
    }
    return Stored.NOTHING;
  }

  private static DataSize disk(List<String> arguments) {
    int option = arguments.indexOf("--disk");
    if (option < 0) {
      return DataSize.ofBytes(0);
    }
    if (option + 1 == arguments.size()) {
      throw new IllegalArgumentException(
          "--disk: expected a size after it, for example --disk 8GB");
    }
    String size = arguments.get(option + 1);
    if (size.matches("\\d+")) {
      throw new IllegalArgumentException(
          "--disk: found '%s' without a unit, expected a size such as %sGB".formatted(size, size));
    }
    return DataSize.parse(size);
  }
}
