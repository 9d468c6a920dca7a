package net.insightpulseai.bridge.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** What a read of the events costs does not depend on how many there are. */
class EventReadCostsTest {

  private final OrderFixture at = new OrderFixture(TestDatabase.fresh());

  @AfterEach
  void close() {
    at.close();
  }

  @Test
  void aReadLooksAtAFewPagesWhereverItIs() throws Exception {
    at.jdbc.update(
        "insert into public.audit_event (source, event_type) select 'odoo', 'a.b' from generate_series(1, 20000)");
    at.jdbc.execute("vacuum analyze public.audit_event");
    Position middle = at.order.from(10_000);
    Position end = at.order.now();
    for (Position position : List.of(at.order.beginning(), middle, end)) {
      assertThat(pages(position)).isLessThan(100);
    }
    // As after a restore: the first half is read by id.
    at.jdbc.update("update bridge.event_order set restored_through = 10000, from_xact = '1'");
    for (Position position :
        List.of(
            new Position(0, 0, 0), new Position(0, 0, 5_000), new Position(0, 0, 10_000), end)) {
      assertThat(pages(position)).isLessThan(150);
    }
  }

  private long pages(Position position) throws Exception {
    String plan =
        at.jdbc.queryForObject(
            "explain (analyze, buffers, format json) select * from bridge.events_after(?::xid8, ?, 100, true)",
            String.class,
            String.valueOf(position.xact()),
            position.id());
    JsonNode read = new ObjectMapper().readTree(plan).path(0).path("Plan");
    return read.path("Shared Hit Blocks").asLong() + read.path("Shared Read Blocks").asLong();
  }

  /** Not even where the planner thinks of reading the table up to there in order. */
  @Test
  void aReadTakesOnlyTheEventsThatItLooksAtFromTheTable() throws Exception {
    long subscriber = at.subscribe("a", "{*}");
    at.jdbc.update(
        "insert into public.audit_event (source, event_type) select 'odoo', 'a.b' from generate_series(1, 20000)");
    at.jdbc.execute("vacuum analyze public.audit_event");
    Position far = at.order.from(15_000);
    Map<String, Object> parameters =
        Map.of(
            "subscriber",
            subscriber,
            "xact",
            String.valueOf(far.xact()),
            "id",
            far.id(),
            "limit",
            10,
            "looks",
            1_000,
            "waiting",
            "[" + subscriber + "]");
    Map<String, Long> most = Map.of("cursor/read", 10L, "cursor/arrivals", 1_000L);
    for (String statement : most.keySet()) {
      String plan =
          new NamedParameterJdbcTemplate(at.jdbc)
              .queryForObject(
                  "explain (analyze, format json) " + SqlFile.read(statement),
                  parameters,
                  String.class);
      assertThat(mostRows(new ObjectMapper().readTree(plan).path(0).path("Plan")))
          .as(statement)
          .isBetween(1L, most.get(statement));
    }
  }

  /** How many events a node of a plan takes from the table, of that which takes most. */
  private static long mostRows(JsonNode node) {
    long most =
        node.path("Relation Name").asText().startsWith("audit_event")
            ? node.path("Actual Rows").asLong() * node.path("Actual Loops").asLong()
            : 0;
    for (JsonNode below : node.path("Plans")) {
      most = Math.max(most, mostRows(below));
    }
    return most;
  }
}
