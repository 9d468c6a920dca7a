package net.insightpulseai.bridge.partition;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far the table of events is on its way to partitions, by a look at the catalog. */
record MoveState(Map<String, Object> row) {

  /** From so many ids below the bound on, the bridge gives the promise up. */
  private static final long NEAR = 1_000_000;

  static MoveState of(JdbcTemplate jdbc) {
    MoveState state = new MoveState(jdbc.queryForMap(SqlFile.read("partition/state")));
    if ("other".equals(state.storage())) {
      throw new StartRefused(
          "The table public.audit_event",
          "partitions that the bridge has not made",
          "one table; what made them, such as pg_partman, goes on with it");
    }
    if (state.row.get("obstacles") != null) {
      throw new StartRefused(
          "The table public.audit_event",
          String.valueOf(state.row.get("obstacles")),
          "none of this, which a partitioned table cannot have. Remove it, then run partition"
              + " again");
    }
    if (!Boolean.TRUE.equals(state.row.get("owner"))) {
      throw new StartRefused(
          "The user of bridge.database.url (SUPABASE_DB_URL)",
          "one who does not own public.audit_event",
          "the table's owner, such as postgres");
    }
    return state;
  }

  MoveStep next() {
    if (storage().equals("table")) {
      Long bound = bound();
      if (bound == null || bound - lastId() <= NEAR) {
        return MoveStep.BOUND;
      }
      return Boolean.TRUE.equals(row.get("validated")) ? MoveStep.SWAP : MoveStep.VALIDATE;
    }
    return Boolean.TRUE.equals(row.get("analyzed")) || lastId() == 0
        ? MoveStep.DONE
        : MoveStep.ANALYZE;
  }

  void print(PrintStream out) {
    if (storage().equals("table")) {
      out.printf(
          Locale.ROOT,
          "public.audit_event: one table, about %,d events, %s, last id %,d, %,d a day%n",
          number("events"),
          row.get("size"),
          lastId(),
          perDay());
    }
  }

  String storage() {
    return String.valueOf(row.get("storage"));
  }

  @Nullable Long bound() {
    return row.get("bound") instanceof Number number ? Long.valueOf(number.longValue()) : null;
  }

  long lastId() {
    return number("last_id");
  }

  long perDay() {
    return number("per_day");
  }

  long partitions() {
    return number("partitions");
  }

  private long number(String column) {
    return row.get(column) instanceof Number number ? number.longValue() : 0;
  }
}
