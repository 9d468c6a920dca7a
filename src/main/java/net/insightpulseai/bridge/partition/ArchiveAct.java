package net.insightpulseai.bridge.partition;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import net.insightpulseai.bridge.archive.ArchivePlace;
import net.insightpulseai.bridge.archive.ArchiveStore;
import net.insightpulseai.bridge.archive.ArchiveStores;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.Blockers;
import net.insightpulseai.bridge.database.SqlCause;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Writes full partitions into a folder or a bucket, and stores an archive again. */
public final class ArchiveAct {

  private final DataSource dataSource;
  private final ArchiveStores stores;
  private final Clock clock;
  private final PrintStream out;

  /**
   * @param dataSource connects as the owner of the table, not through a transaction pooler
   * @param out where to print what was done
   */
  public ArchiveAct(DataSource dataSource, ArchiveStores stores, Clock clock, PrintStream out) {
    this.dataSource = dataSource;
    this.stores = stores;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Writes what is not there yet, and reads it back.
   *
   * @param place a folder that exists, or {@code s3://bucket/prefix}
   * @throws StartRefused if it is none
   */
  public void write(String place) throws SQLException, IOException {
    ArchivePlace.check("The place of the archive", place);
    try (ArchiveStore store = stores.open(place);
        Connection connection = dataSource.getConnection()) {
      EventArchive archive = new EventArchive(jdbc(connection), clock);
      List<String> full = archive.full();
      for (String partition : full) {
        ArchiveManifest written = write(archive, partition, store);
        if (written == null) {
          out.println(partition + ": there already");
        } else {
          archive.check(partition, store);
          out.printf(
              Locale.ROOT, "%s: %,d events, written and read back%n", partition, written.events());
        }
      }
      if (full.isEmpty()) {
        out.println("no partition of public.audit_event is full");
      }
    }
  }

  private @Nullable ArchiveManifest write(
      EventArchive archive, String partition, ArchiveStore store) throws IOException {
    try {
      return archive.write(partition, store);
    } catch (DataAccessException e) {
      if (SqlCause.hasState(e, "55P03")) {
        throw new IOException(
            "bridge."
                + partition
                + " is still being written to; wait for that transaction, or end it, and begin again: "
                + Blockers.describe(dataSource),
            e);
      }
      throw e;
    }
  }

  /**
   * Stores the events of an archive again, all or nothing.
   *
   * @param file the path or the address of the file of the events
   */
  public void restore(String file) throws SQLException, IOException {
    String partition = ArchiveManifest.partition(ArchivePlace.nameOf(file));
    try (ArchiveStore store = stores.open(ArchivePlace.of(file));
        Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      ArchiveManifest restored = new EventRestore(jdbc(connection)).restore(partition, store);
      connection.commit();
      out.printf(
          Locale.ROOT,
          "%,d events are stored again as bridge.%s, which retention leaves alone%n",
          restored.events(),
          restored.partition());
    }
  }

  private static JdbcTemplate jdbc(Connection connection) {
    return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
  }
}
