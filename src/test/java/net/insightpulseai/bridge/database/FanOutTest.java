package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that plain SQL inserts become deliveries, in the database. */
class FanOutTest {

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void onlyMatchingSubscribersGetADelivery() {
    subscribe("exact", "webhook", "{res.partner.updated}", null);
    subscribe("prefix", "webhook", "{res.partner.*}", null);
    subscribe("all", "webhook", "{*}", null);
    subscribe("other", "webhook", "{sale.order.*}", null);
    subscribe("similar", "webhook", "{res.part.*}", null);
    subscribe("supabase-only", "webhook", "{*}", "{supabase}");

    event("odoo", "res.partner.updated", "42", 0);

    assertThat(deliveredTo()).containsExactly("all", "exact", "prefix");
  }

  @Test
  void aStarLeavesOutWhatTheBridgeSaysAboutItself() {
    subscribe("all", "webhook", "{*}", null);
    subscribe("named", "webhook", "{bridge.action.*}", null);

    event("bridge", "bridge.action.applied", "1", 0);

    assertThat(deliveredTo()).containsExactly("named");
  }

  @Test
  void odooNeverHearsItsOwnEventsNorTheBridgesNorAnEndlessEcho() {
    subscribe("odoo", "odoo", "{*,bridge.*}", null);

    event("odoo", "res.partner.updated", "42", 0);
    event("bridge", "bridge.action.applied", "1", 0);
    event("supabase", "app.order.paid", "7", 3);
    assertThat(deliveredTo()).isEmpty();

    event("supabase", "app.order.paid", "7", 0);
    assertThat(deliveredTo()).containsExactly("odoo");
  }

  @Test
  void whatIsPassedOnKeepsWhereItBegan() {
    database
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload, meta, hop)"
                + " values ('supabase', 'x.y', '{}', '{\"origin\": {\"source\": \"odoo\", \"hop\": 2}}', 2)");

    for (String message : List.of("event_message", "thin_message")) {
      assertThat(
              database
                  .jdbc()
                  .queryForObject(
                      "select m ->> 'source' || ' ' || (m #>> '{origin,source}') || ' ' || (m #>> '{origin,hop}')"
                          + " from public.audit_event e, bridge."
                          + message
                          + "(e) m",
                      String.class))
          .isEqualTo("supabase odoo 3");
    }
  }

  @Test
  void aDeliveryKnowsItsLaneAndItsEvent() {
    subscribe("all", "webhook", "{*}", null);
    event("odoo", "res.partner.updated", "42", 1);
    event("odoo", "res.partner.updated", "", 0);

    assertThat(
            database
                .jdbc()
                .queryForList(
                    "select d.ordering_key || '|' || d.hop || '|' || (d.correlation_id = e.correlation_id) || '|' || (d.event_created_at = e.created_at)"
                        + " from bridge.event_delivery d join public.audit_event e on e.id = d.event_id order by d.id",
                    String.class))
        .containsExactly("res.partner:42|1|true|true", "|0|true|true");
  }

  @Test
  void manyEventsInOneStatementAreAllFannedOut() {
    subscribe("a", "webhook", "{*}", null);
    subscribe("b", "webhook", "{*}", null);

    database
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload) select 'odoo', 'x.y', '{}' from generate_series(1, 50)");

    assertThat(
            database
                .jdbc()
                .queryForObject("select count(*) from bridge.event_delivery", Long.class))
        .isEqualTo(100);
  }

  @Test
  void idsOfOneLaneFollowTheOrderInWhichEnqueueCommits() throws Exception {
    var first = database.dataSource().getConnection();
    first.setAutoCommit(false);
    try (first;
        var statement = first.createStatement()) {
      statement.execute("select bridge.enqueue('account.move.post', '{\"id\": 1}')");
      var second =
          CompletableFuture.supplyAsync(
              () ->
                  database
                      .jdbc()
                      .queryForObject(
                          "select bridge.enqueue('account.move.cancel', '{\"id\": 1}')",
                          Long.class));
      await()
          .until(
              () ->
                  database
                          .jdbc()
                          .queryForObject(
                              "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
                              Long.class)
                      == 1);
      assertThat(second).isNotDone();
      first.commit();
      assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(2L);
    }
    assertThat(
            database
                .jdbc()
                .queryForList(
                    "select action from public.odoo_action_outbox order by id", String.class))
        .isEqualTo(List.of("account.move.post", "account.move.cancel"));
  }

  @Test
  void enqueueOfAnotherLaneWaitsForNobody() throws Exception {
    try (var first = database.dataSource().getConnection();
        var statement = first.createStatement()) {
      first.setAutoCommit(false);
      statement.execute("select bridge.enqueue('account.move.post', '{\"id\": 1}')");
      assertThat(
              database
                  .jdbc()
                  .queryForObject(
                      "select bridge.enqueue('account.move.post', '{\"id\": 2}')", Long.class))
          .isEqualTo(2L);
      first.rollback();
    }
  }

  @Test
  void oneTransactionMayEnqueueForMoreRecordsThanTheServerHasLocks() throws Exception {
    try (var bulk = database.dataSource().getConnection();
        var statement = bulk.createStatement()) {
      bulk.setAutoCommit(false);
      statement.execute(
          "select count(bridge.enqueue('account.move.post', jsonb_build_object('id', i)))"
              + " from generate_series(1, 20000) i");

      assertThat(
              database
                  .jdbc()
                  .queryForObject(
                      "select count(*) from pg_locks where locktype = 'advisory'"
                          + " and database = (select oid from pg_database where datname = current_database())",
                      Integer.class))
          .isLessThan(100);
      var later =
          CompletableFuture.supplyAsync(
              () ->
                  database
                      .jdbc()
                      .queryForObject(
                          "select bridge.enqueue('account.move.cancel', '{\"id\": 20000}')",
                          Long.class));
      await().during(Duration.ofMillis(200)).until(() -> !later.isDone());
      bulk.commit();
      assertThat(later.get(10, TimeUnit.SECONDS)).isEqualTo(20_001L);
    }
  }

  private void subscribe(String name, String kind, String patterns, String sources) {
    database
        .jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, event_types, sources) values (?, ?, ?::text[], ?::text[])",
            name,
            kind,
            patterns,
            sources);
  }

  private void event(String source, String type, String resource, int hop) {
    database
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, payload, hop) values (?, ?, ?, '{}', ?)",
            source,
            type,
            resource,
            hop);
  }

  private List<String> deliveredTo() {
    return database
        .jdbc()
        .queryForList(
            "select s.name from bridge.event_delivery d join bridge.subscriber s on d.target = 'subscriber:' || s.id order by s.name",
            String.class);
  }
}
