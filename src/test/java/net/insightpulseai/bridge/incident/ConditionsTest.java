package net.insightpulseai.bridge.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** What the database shows to need a person, and what it costs to look. */
class ConditionsTest {

  private TestDatabase database;
  private JdbcTemplate jdbc;
  private IncidentRows rows;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
    rows = new IncidentRows(database);
    jdbc.update(
        "insert into bridge.subscriber (name, kind, url) values"
            + " ('crm', 'webhook', 'https://a.example'), ('shop', 'webhook', 'https://b.example')");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void nothingIsFoundWhereNothingIsWrong() {
    jdbc.update(
        "insert into public.odoo_action_outbox (action, args) values ('a.b', '{\"id\":1}')");
    assertThat(rows.seen()).isEmpty();
  }

  @Test
  void deadLettersOfEachTargetAreFoundButThoseOfAlertsAreNot() {
    letter("odoo-actions", "odoo", "res.partner:1");
    letter("event-deliveries", "subscriber:2", "");
    letter("event-deliveries", "subscriber:1", "bridge.alert:1");
    letter("event-deliveries", "subscriber:1", "bridge.alert:2");
    assertThat(rows.seen()).containsExactly("dead_letters odoo", "dead_letters subscriber:2");

    letter("event-deliveries", "subscriber:1", "res.partner:7");
    assertThat(rows.seen()).contains("dead_letters subscriber:1");
  }

  @Test
  void fewPartitionsLeftAreFoundLongBeforeTheLastIsFull() {
    jdbc.queryForList("select setval('public.audit_event_id_seq', 2999999)");
    assertThat(rows.seen()).isEmpty();
    jdbc.queryForList("select setval('public.audit_event_id_seq', 3000000)");
    assertThat(rows.seen()).containsExactly("partitions_few audit_event");
    jdbc.queryForList("select bridge.make_event_partitions(1000000, 4)");
    assertThat(rows.seen()).isEmpty();
  }

  @Test
  void aSubscriberThatFetchesIsLateShortlyBeforeItsEventsAreDeleted() {
    String target =
        jdbc.queryForObject(
            "insert into bridge.subscriber (name, kind, event_types) values ('ci', 'pull', '{*}')"
                + " returning 'subscriber:' || id",
            String.class);
    jdbc.update(
        "insert into public.audit_event (source, event_type, created_at) values ('odoo', 'a.b', now() - interval '9 days')");
    assertThat(rows.seen()).isEmpty();
    jdbc.update(
        "insert into bridge.target (name, state, changed_by) values (?, 'disabled', 'bridge')",
        target);
    jdbc.update("update public.audit_event set created_at = now() - interval '11 days'");
    assertThat(rows.seen())
        .as("also of one that is stopped")
        .containsExactlyInAnyOrder("pull_late " + target, "target_disabled " + target);
    jdbc.update(
        "update bridge.subscriber_position set (xact, id) = (select xact, id from public.audit_event)");
    assertThat(rows.seen()).containsExactly("target_disabled " + target);
  }

  private void letter(String queue, String target, String lane) {
    jdbc.update(
        "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts)"
            + " values (?, 1, ?, ?, 'rejected', 1)",
        queue,
        target,
        lane);
  }

  @Test
  void stopsAreFoundOnceForOdooAndItsSubscriber() {
    jdbc.update("insert into bridge.subscriber (name, kind) values ('erp', 'odoo')");
    jdbc.update("update bridge.target set state = 'paused', changed_by = 'ann', reason = 'update'");
    assertThat(rows.seen()).containsExactly("target_paused odoo");
    jdbc.update(
        "insert into bridge.target (name, state, changed_by) values ('subscriber:1', 'disabled', 'bridge')");
    assertThat(rows.seen()).containsExactly("target_disabled subscriber:1", "target_paused odoo");
  }

  @Test
  void rowsAreLateUnlessTheirTargetIsStopped() {
    for (String lane : new String[] {"''", "'res.partner:' || i"}) {
      for (int waits = 0; waits < (lane.equals("''") ? 1 : 2); waits++) {
        jdbc.execute("truncate bridge.event_delivery");
        jdbc.update(
            "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, idempotency_key,"
                + " ordering_key, waits, next_attempt_at) select 'subscriber:1', i, now(), gen_random_uuid(), 'e', "
                + lane
                + ", ?, now() - interval '4 minutes' from generate_series(1, 3) i",
            waits);
        assertThat(rows.seen()).as(lane + waits).isEmpty();
        jdbc.update(
            "update bridge.event_delivery set next_attempt_at = now() - interval '6 minutes'");
        assertThat(rows.seen()).as(lane + waits).containsExactly("rows_late subscriber:1");
      }
    }
    jdbc.update(
        "insert into bridge.target (name, state, changed_by) values ('subscriber:1', 'paused', 'ann')");
    assertThat(rows.seen()).containsExactly("target_paused subscriber:1");
  }

  @Test
  void heldActionsAreFound() {
    jdbc.update(
        "insert into public.odoo_action_outbox (action, next_attempt_at) values ('a.b', 'infinity')");
    assertThat(rows.seen()).containsExactly("actions_held odoo");
  }

  @Test
  void aHeartbeatIsAbsentWhenPingsAreNotAnsweredUntilOneIs() {
    ping(1, 11);
    assertThat(rows.seen()).containsExactly("heartbeat_absent odoo");
    ping(2, 1);
    assertThat(rows.seen()).as("a younger one changes nothing").hasSize(1);
    jdbc.update(
        "insert into public.audit_event (source, event_type) values ('odoo', 'bridge.heartbeat')");
    assertThat(rows.seen()).isEmpty();
  }

  private void ping(int number, int minutes) {
    jdbc.update(
        "insert into public.odoo_action_outbox (action, idempotency_key, status, created_at)"
            + " values ('bridge.ping', 'heartbeat-' || ?, 'applied', now() - make_interval(mins => ?))",
        number,
        minutes);
  }

  /** With 100,000 rows in each table, all of them open. */
  @Test
  void aLookReadsAFewPagesHoweverManyRowsThereAre() throws Exception {
    jdbc.execute("alter table public.audit_event disable trigger all");
    jdbc.execute("alter table public.odoo_action_outbox disable trigger all");
    jdbc.execute("alter table bridge.event_delivery disable trigger all");
    jdbc.update(
        "insert into public.audit_event (source, event_type, resource_id)"
            + " select 'odoo', 'res.partner.updated', i::text from generate_series(1, 100000) i");
    jdbc.update(
        "insert into public.odoo_action_outbox (action, ordering_key, idempotency_key, next_attempt_at)"
            + " select 'res.partner.update', 'res.partner:' || i, 'k' || i, now() - interval '10 minutes'"
            + " from generate_series(1, 100000) i");
    jdbc.update(
        "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, idempotency_key,"
            + " ordering_key, next_attempt_at) select 'subscriber:' || 1 + i % 2, i, now(), gen_random_uuid(), 'e',"
            + " 'res.partner:' || i, now() - interval '10 minutes' from generate_series(1, 100000) i");
    jdbc.update(
        "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts)"
            + " select 'event-deliveries', i, 'subscriber:' || 1 + i % 2, 'res.partner:' || i, 'rejected', 1"
            + " from generate_series(1, 100000) i");
    jdbc.execute("vacuum analyze");

    String explained =
        new NamedParameterJdbcTemplate(jdbc)
            .queryForObject(
                "explain (analyze, buffers, format json) " + IncidentRows.CONDITIONS,
                IncidentRows.LIMITS,
                String.class);
    JsonNode plan = new ObjectMapper().readTree(explained).path(0).path("Plan");
    long pages = plan.path("Shared Hit Blocks").asLong() + plan.path("Shared Read Blocks").asLong();
    assertThat(explained)
        .doesNotContainPattern(
            "Seq Scan\",[^{}]*\"(audit_event|odoo_action_outbox|event_delivery|dead_letter)\"");
    assertThat(pages).isLessThan(1500);
  }
}
