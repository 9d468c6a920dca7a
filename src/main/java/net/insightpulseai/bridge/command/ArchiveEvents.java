package net.insightpulseai.bridge.command;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import net.insightpulseai.bridge.archive.ArchiveStores;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.partition.ArchiveAct;

/** Writes full partitions of events into a folder or a bucket, or stores one of them again. */
class ArchiveEvents implements Command {

  private static final String TO = "--to";
  private static final String RESTORE = "--restore";

  private final DatabaseSettings database;
  private final PlaintextHosts plaintext;
  private final ArchiveStores stores;
  private final Clock clock;

  ArchiveEvents(
      DatabaseSettings database, PlaintextHosts plaintext, ArchiveStores stores, Clock clock) {
    this.database = database;
    this.plaintext = plaintext;
    this.stores = stores;
    this.clock = clock;
  }

  @Override
  public int run(List<String> arguments, PrintStream out) throws SQLException, IOException {
    List<String> words = arguments.stream().filter(one -> !one.contains("=")).toList();
    if (words.size() != 2 || !List.of(TO, RESTORE).contains(words.get(0))) {
      out.println(
          "expected archive "
              + TO
              + " FOLDER, or archive "
              + RESTORE
              + " FILE.ndjson.gz;"
              + " in place of a folder may be s3://bucket/prefix");
      return 2;
    }
    DatabaseAddress address = DatabaseAddress.of(database, plaintext);
    if (address.pooler()) {
      throw new StartRefused(
          "bridge.database.url (SUPABASE_DB_URL)",
          "a transaction pooler, which does not keep the session that an archive needs",
          "the session pooler or the direct connection, port 5432");
    }
    ArchiveAct act = new ArchiveAct(address.dataSource(), stores, clock, out);
    if (words.get(0).equals(TO)) {
      act.write(words.get(1));
    } else {
      act.restore(words.get(1));
    }
    return 0;
  }
}
