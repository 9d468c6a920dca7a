package net.insightpulseai.bridge.doctor;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.ConnectFailure;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.pairing.PairingRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.unit.DataSize;

/** Checks everything the bridge depends on, changes nothing, and names a remedy for each fault. */
@Import({
  SettingsCheck.class,
  DatabaseCheck.class,
  SchemaCheck.class,
  RowsCheck.class,
  OdooCheck.class,
  PairingCheck.class,
  SupabaseCheck.class
})
public class Doctor {

  private final DatabaseSettings database;
  private final SettingsCheck settingsCheck;
  private final DatabaseCheck databaseCheck;
  private final SchemaCheck schemaCheck;
  private final RowsCheck rowsCheck;
  private final OdooCheck odooCheck;
  private final PairingCheck pairingCheck;
  private final SupabaseCheck supabaseCheck;

  Doctor(
      DatabaseSettings database,
      SettingsCheck settingsCheck,
      DatabaseCheck databaseCheck,
      SchemaCheck schemaCheck,
      RowsCheck rowsCheck,
      OdooCheck odooCheck,
      PairingCheck pairingCheck,
      SupabaseCheck supabaseCheck) {
    this.database = database;
    this.settingsCheck = settingsCheck;
    this.databaseCheck = databaseCheck;
    this.schemaCheck = schemaCheck;
    this.rowsCheck = rowsCheck;
    this.odooCheck = odooCheck;
    this.pairingCheck = pairingCheck;
    this.supabaseCheck = supabaseCheck;
  }

  /**
   * Runs every check and prints what each found, with a remedy for each fault.
   *
   * @param arguments {@code --disk 8GB}: when a disk of that size will be full
   * @return whether no check failed
   */
  public boolean run(List<String> arguments, PrintStream out) throws Exception {
    Findings findings = new Findings(out);
    settingsCheck.run(findings);
    Rows rows = lookIntoTheDatabase(findings, disk(arguments));
    pairingCheck.run(findings, rows.paired(), odooCheck.run(findings, rows.actions()));
    supabaseCheck.run(findings);
    return !findings.failed();
  }

  /**
   * What the database says about Odoo.
   *
   * @param actions that wait for it, or died on the way
   * @param paired which one is paired, if that is known
   */
  private record Rows(List<String> actions, @Nullable PairingRecord paired) {}

  private Rows lookIntoTheDatabase(Findings findings, DataSize disk) {
    DatabaseAddress address;
    try {
      address = DatabaseAddress.of(database);
    } catch (StartRefused e) {
      findings.fail("database: " + e.getMessage(), "set SUPABASE_DB_URL");
      return new Rows(List.of(), null);
    }
    try (Connection connection = address.connect()) {
      JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
      databaseCheck.run(findings, address, jdbc);
      if (schemaCheck.run(findings, jdbc)) {
        rowsCheck.run(findings, jdbc, disk);
        return new Rows(
            KnownActions.wanted(jdbc), pairingCheck.lookIntoTheDatabase(findings, address, jdbc));
      }
    } catch (SQLException e) {
      findings.fail(
          ConnectFailure.explain(e, address), "mend that first; the checks behind it did not run");
    } catch (DataAccessException e) {
      findings.fail(
          "database: " + e.getMostSpecificCause().getMessage(),
          "give the bridge's user the rights of service_role, or run make bridge-sql");
    }
    return new Rows(List.of(), null);
  }

  private static DataSize disk(List<String> arguments) {
    int option = arguments.indexOf("--disk");
    if (option < 0) {
      return DataSize.ofBytes(0);
    }
    if (option + 1 == arguments.size()) {
      throw new IllegalArgumentException("--disk: expected a size behind it, as --disk 8GB");
    }
    return DataSize.parse(arguments.get(option + 1));
  }
}
