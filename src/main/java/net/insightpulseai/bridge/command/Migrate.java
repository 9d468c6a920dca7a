package net.insightpulseai.bridge.command;

import java.io.PrintStream;
import java.util.List;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.database.Migrations;

/** Updates the database's schema, regardless of {@code bridge.database.migrate}. */
class Migrate implements Command {

  private final DatabaseSettings settings;
  private final PlaintextHosts plaintext;

  Migrate(DatabaseSettings settings, PlaintextHosts plaintext) {
    this.settings = settings;
    this.plaintext = plaintext;
  }

  @Override
  public int run(List<String> arguments, PrintStream out) {
    DatabaseAddress address = DatabaseAddress.of(settings, plaintext);
    if (address.pooler()) {
      throw new StartRefused(
          "bridge.database.url (SUPABASE_DB_URL)",
          "a transaction pooler, which does not keep the session that a migration needs",
          "the session pooler or the direct connection, port 5432");
    }
    int applied = new Migrations(address.dataSource(), settings.authenticatedRead()).migrate();
    out.println(
        applied == 0
            ? "the schema is up to date"
            : applied + " migrations applied; the schema is up to date");
    return 0;
  }
}
