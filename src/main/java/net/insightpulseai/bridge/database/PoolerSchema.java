package net.insightpulseai.bridge.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import net.insightpulseai.bridge.config.StartRefused;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Checks the schema where it cannot be migrated: a transaction pooler may run each statement in
 * another session.
 */
public final class PoolerSchema {

  private static final String UNDEFINED_TABLE = "42P01";
  private static final String REMEDY =
      "version %s: start once over the session pooler or the direct connection (port 5432), which updates it";

  private PoolerSchema() {}

  static void require(Connection connection) throws SQLException {
    MigrationVersion expected = newest();
    String found = found(connection);
    if (found == null || MigrationVersion.fromVersion(found).compareTo(expected) < 0) {
      throw new StartRefused(
          "The schema behind the transaction pooler",
          found == null ? "none" : "version " + found,
          REMEDY.formatted(expected));
    }
  }

  private static @Nullable String found(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery(SqlFile.read("schema/version"))) {
      return version.next() ? version.getString(1) : null;
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        return null;
      }
      throw e;
    }
  }

  /** The version of the newest migration in this jar. */
  public static MigrationVersion newest() {
    try {
      Resource[] files =
          new PathMatchingResourcePatternResolver()
              .getResources("classpath:db/migration/V*__*.sql");
      return Arrays.stream(files)
          .map(file -> String.valueOf(file.getFilename()))
          .map(name -> MigrationVersion.fromVersion(name.substring(1, name.indexOf("__"))))
          .max(MigrationVersion::compareTo)
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
