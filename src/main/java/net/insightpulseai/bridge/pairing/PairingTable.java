package net.insightpulseai.bridge.pairing;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.SqlCause;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.http.Operator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** {@code bridge.pairing}, and the database that holds it. */
@Component
public class PairingTable {

  private static final String DENIED = "42501";

  private static final RowMapper<PairingRecord> ROW =
      (rs, n) ->
          new PairingRecord(
              rs.getString("fingerprint"),
              rs.getString("odoo_db_uuid"),
              rs.getString("odoo_base_url"),
              rs.getObject("paired_at", OffsetDateTime.class).toInstant(),
              rs.getString("paired_by"),
              rs.getString("paired_why"));

  private final NamedParameterJdbcTemplate jdbc;
  private final DatabaseAddress address;

  public PairingTable(JdbcTemplate jdbc, DatabaseAddress address) {
    this.jdbc = new NamedParameterJdbcTemplate(jdbc);
    this.address = address;
  }

  /** The pair; null before the first start has stored one. */
  public @Nullable PairingRecord read() {
    List<PairingRecord> rows = jdbc.query(SqlFile.read("pairing/read"), ROW);
    return rows.isEmpty() ? null : rows.get(0);
  }

  /** The database as it is now. */
  public Fingerprint fingerprint() {
    try {
      return fingerprint("pairing/fingerprint");
    } catch (DataAccessException e) {
      if (SqlCause.hasState(e, DENIED)) {
        return fingerprint("pairing/fingerprint_partial");
      }
      throw e;
    }
  }

  private Fingerprint fingerprint(String statement) {
    return jdbc.query(
            SqlFile.read(statement),
            (rs, n) ->
                Fingerprint.of(
                    address,
                    rs.getString("database"),
                    rs.getString("number"),
                    rs.getString("server")))
        .get(0);
  }

  /** Stores a pair where none was known; returns whether it did. */
  boolean trust(Fingerprint database, @Nullable String dbUuid, @Nullable String baseUrl) {
    return jdbc.update(SqlFile.read("pairing/trust"), parameters(database.best(), dbUuid, baseUrl))
        == 1;
  }

  /**
   * Stores a pair at an operator's request, whatever was paired before. Another database skips ids
   * of events first, in a statement of its own: after a crash between the two they are only skipped
   * again.
   */
  void pair(
      Fingerprint database, @Nullable String dbUuid, @Nullable String baseUrl, Operator operator) {
    Map<String, @Nullable Object> parameters = parameters(database.best(), dbUuid, baseUrl);
    parameters.put("who", operator.who());
    parameters.put("why", operator.why());
    jdbc.queryForList(SqlFile.read("pairing/skip_ids"), Map.of("fingerprint", database.best()));
    jdbc.update(SqlFile.read("pairing/pair"), parameters);
  }

  /**
   * Pauses every running target, unless another database has been paired meanwhile.
   *
   * @param paired what was found to be paired
   * @return how many were paused
   */
  int stopAll(PairingRecord paired, String reason) {
    return jdbc.update(
        SqlFile.read("pairing/stop"), Map.of("paired", paired.fingerprint(), "reason", reason));
  }

  private static Map<String, @Nullable Object> parameters(
      String fingerprint, @Nullable String dbUuid, @Nullable String baseUrl) {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("fingerprint", fingerprint);
    parameters.put("db_uuid", dbUuid);
    parameters.put("base_url", baseUrl);
    return parameters;
  }
}
