package net.insightpulseai.bridge.command;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.partition.PartitionMove;
import net.insightpulseai.bridge.retention.RetentionSettings;

/** Divides the table of events into partitions while events come in. */
class PartitionEvents implements Command {

  private static final String DRY_RUN = "--dry-run";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final DatabaseSettings database;
  private final PlaintextHosts plaintext;
  private final RetentionSettings retention;

  PartitionEvents(
      DatabaseSettings database, PlaintextHosts plaintext, RetentionSettings retention) {
    this.database = database;
    this.plaintext = plaintext;
    this.retention = retention;
  }

  @Override
  public int run(List<String> arguments, PrintStream out) throws SQLException {
    List<String> words = arguments.stream().filter(one -> !one.contains("=")).toList();
    if (words.stream().anyMatch(one -> !one.equals(DRY_RUN))) {
      out.println("expected partition [" + DRY_RUN + "]");
      return 2;
    }
    DatabaseAddress address = DatabaseAddress.of(database, plaintext);
    if (address.pooler()) {
      throw new StartRefused(
          "bridge.database.url (SUPABASE_DB_URL)",
          "a transaction pooler, which does not keep the session that the steps need",
          "the session pooler or the direct connection, port 5432");
    }
    PartitionMove move = new PartitionMove(address.dataSource(), retention, out, PATIENCE, PAUSE);
    if (words.isEmpty()) {
      move.run();
    } else {
      move.plan();
    }
    return 0;
  }
}
