package net.insightpulseai.bridge.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.outbox.Instance;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** The versions of the route files in the database. */
@Component
public class Versions {

  private static final String RECORD = SqlFile.read("routes/record");
  private static final String DELETE_VERSIONS = SqlFile.read("routes/delete_versions");
  private static final String DELETE_FILES = SqlFile.read("routes/delete_files");
  private static final String ALL = SqlFile.read("routes/versions");
  private static final String ONE = SqlFile.read("routes/version");

  /** Other instances may record at the same time. */
  private static final int TRIES = 5;

  private final NamedParameterJdbcTemplate jdbc;
  private final String instance;
  private final Seal seal;
  private final int keep;

  @Autowired
  Versions(
      NamedParameterJdbcTemplate jdbc, Instance instance, Seal seal, VersionSettings settings) {
    this(jdbc, instance.name(), seal, settings);
  }

  Versions(NamedParameterJdbcTemplate jdbc, String instance, Seal seal, VersionSettings settings) {
    this.jdbc = jdbc;
    this.instance = instance;
    this.seal = seal;
    this.keep = settings.keepVersions();
  }

  /**
   * Keeps a version, unless it is the newest one already, and deletes those that are too many.
   *
   * @return its number
   * @throws DataAccessException if the database does not take it; it may be given again
   */
  public long record(AppliedVersion version) {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("files", files(version.files()).toString());
    parameters.put("hash", version.files().hash());
    parameters.put("seal", seal.of(version.files().hash()));
    parameters.put("applied_at", Timestamp.from(version.at()));
    parameters.put("instance", instance);
    parameters.put("who", version.who());
    parameters.put("change", version.change());
    for (int i = 0; i < TRIES; i++) {
      List<Recorded> rows =
          jdbc.query(
              RECORD,
              parameters,
              (row, n) -> new Recorded(row.getLong("id"), row.getBoolean("added")));
      if (!rows.isEmpty()) {
        if (rows.get(0).added()) {
          jdbc.update(DELETE_VERSIONS, Map.of("keep", keep));
          jdbc.update(DELETE_FILES, Map.of());
        }
        return rows.get(0).id();
      }
    }
    throw new ConcurrencyFailureException("other instances record versions all the time");
  }

  private record Recorded(long id, boolean added) {}

  private static ArrayNode files(Snapshot version) {
    ArrayNode files = JsonNodeFactory.instance.arrayNode();
    version
        .files()
        .forEach(
            (name, content) ->
                files
                    .addObject()
                    .put("name", name)
                    .put("hash", Snapshot.hash(content))
                    .put("content", content));
    return files;
  }

  /** Newest first, without their contents. */
  public List<ListedVersion> all() {
    return jdbc.query(
        ALL,
        Map.of(),
        (row, n) ->
            new ListedVersion(
                row.getLong("id"),
                Snapshot.shown(row.getString("hash")),
                row.getTimestamp("applied_at").toInstant(),
                row.getString("instance"),
                row.getString("who"),
                row.getString("change"),
                row.getInt("files")));
  }

  /** The version that ran last; null if there is none. */
  public @Nullable StoredVersion newest() {
    List<ListedVersion> all = all();
    return all.isEmpty() ? null : find(all.get(0).id());
  }

  /** One version; null if there is none of this number, or none any more. */
  public @Nullable StoredVersion find(long id) {
    return jdbc.query(ONE, Map.of("id", id), this::version);
  }

  private @Nullable StoredVersion version(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      return null;
    }
    long id = rows.getLong("id");
    long previous = rows.getLong("previous");
    Instant at = rows.getTimestamp("applied_at").toInstant();
    String by = rows.getString("instance");
    String who = rows.getString("who");
    String change = rows.getString("change");
    String sealed = rows.getString("seal");
    SortedMap<String, String> files = new TreeMap<>();
    do {
      files.put(rows.getString("name"), rows.getString("content"));
    } while (rows.next());
    Snapshot snapshot = Snapshot.of(files);
    return new StoredVersion(
        id, previous, snapshot, at, by, who, change, seal.matches(sealed, snapshot.hash()));
  }
}
