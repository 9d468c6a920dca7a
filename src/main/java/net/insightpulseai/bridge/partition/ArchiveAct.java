package net.insightpulseai.bridge.partition;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Writes full partitions into a folder, and stores an archive again. */
public final class ArchiveAct {

  private final DataSource dataSource;
  private final Clock clock;
  private final PrintStream out;

  /**
   * @param dataSource connects as the owner of the table, not through a transaction pooler
   * @param out where to print what was done
   */
  public ArchiveAct(DataSource dataSource, Clock clock, PrintStream out) {
    this.dataSource = dataSource;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Writes what is not in the folder yet.
   *
   * @param folder it exists
   * @throws StartRefused if it does not
   */
  public void write(Path folder) throws SQLException, IOException {
    if (!Files.isDirectory(folder)) {
      throw new StartRefused("The folder of the archive", folder.toString(), "one that exists");
    }
    try (Connection connection = dataSource.getConnection()) {
      EventArchive archive = archive(connection);
      List<String> full = archive.full();
      for (String partition : full) {
        ArchiveManifest written = archive.write(partition, folder);
        out.println(
            written == null
                ? partition + ": there already"
                : String.format(
                    Locale.ROOT, "%s: %,d events, written", partition, written.events()));
      }
      if (full.isEmpty()) {
        out.println("no partition of public.audit_event is full");
      }
    }
  }

  /**
   * Stores the events of an archive again, all or nothing.
   *
   * @param data the file of the events
   */
  public void restore(Path data) throws SQLException, IOException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      ArchiveManifest restored = archive(connection).restore(data);
      connection.commit();
      out.printf(
          Locale.ROOT,
          "%,d events are stored again as bridge.%s, which retention leaves alone%n",
          restored.events(),
          restored.partition());
    }
  }

  private EventArchive archive(Connection connection) {
    return new EventArchive(
        new JdbcTemplate(new SingleConnectionDataSource(connection, true)), clock);
  }
}
