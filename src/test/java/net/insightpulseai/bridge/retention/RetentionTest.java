package net.insightpulseai.bridge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.BridgeTest;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RetentionTest extends BridgeTest {

  private static final String ACTIONS = "public.odoo_action_outbox";

  @Autowired private ProducerTemplate template;
  @Autowired private RetentionPass pass;

  @Test
  void appliedActionsGoWhenTheyAreOldAndNoSooner() {
    action("old", "applied", 8);
    action("fresh", "applied", 6);

    deleteWhatIsOld();

    assertThat(left("action", ACTIONS)).containsExactly("fresh");
  }

  @Test
  void whatIsNotAllowedIsSkipped() {
    Exchange exchange = new DefaultExchange(template.getCamelContext());
    for (boolean allowed : new boolean[] {true, false}) {
      exchange.getMessage().setBody(allowed);
      pass.begin(exchange, "some");
      assertThat(exchange.getMessage().getBody(Map.class)).containsEntry("more", allowed);
    }
  }

  @Test
  void aPartitionIsNotEmptiedRowByRow() {
    assertThat(text("select bridge.event_storage()")).isEqualTo("partitions");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, created_at)"
                + " values ('odoo', 'res.partner.updated', now() - interval '500 days')");

    deleteWhatIsOld();

    assertThat(left("event_type", "public.audit_event")).containsExactly("res.partner.updated");
  }

  @Test
  void nothingUnfinishedGoesWhateverItsAge() {
    action("due", "queued", 900);
    action("held", "queued", 900);
    action("dead", "error", 900);
    deadLetter("odoo-actions", 3, 900, null, 0);
    jdbc().update("update " + ACTIONS + " set next_attempt_at = 'infinity'");

    deleteWhatIsOld();

    assertThat(left("action", ACTIONS)).containsExactly("dead", "due", "held");
    assertThat(left("reason", "bridge.dead_letter")).hasSize(1);
  }

  @Test
  void aDeadActionGoesAWeekAfterAnOperatorDealtWithIt() {
    action("long ago", "error", 900);
    action("just now", "error", 900);
    action("cancelled", "error", 8);
    deadLetter("odoo-actions", 1, 900, "discarded", 8);
    deadLetter("odoo-actions", 2, 900, "discarded", 6);
    action("old, cancelled yesterday", "error", 900);
    jdbc()
        .update(
            "update public.odoo_action_outbox set next_attempt_at = now() - interval '8 days'"
                + " where action = 'cancelled'");
    jdbc()
        .update(
            "update public.odoo_action_outbox set next_attempt_at = now() - interval '1 day'"
                + " where action = 'old, cancelled yesterday'");

    deleteWhatIsOld();

    assertThat(left("action", ACTIONS))
        .containsExactlyInAnyOrder("just now", "old, cancelled yesterday");
    assertThat(left("row_id", "bridge.dead_letter")).containsExactly("2");
  }

  @Test
  void attemptsGoWithTheirRow() {
    action("stays", "queued", 900);
    attempt("odoo-actions", 1, 900);
    attempt("odoo-actions", 7, 900);
    attempt("odoo-actions", 8, 6);
    attempt("event-deliveries", 1, 900);

    deleteWhatIsOld();

    assertThat(left("row_id", "bridge.attempt")).containsExactly("1", "8");
  }

  @Test
  void eventKeysOutliveTheRetriesOfTheirSenders() {
    for (int days : new int[] {29, 31}) {
      jdbc()
          .update(
              "insert into bridge.event_key (source, event_id, body_sha256, audit_event_id, correlation_id, created_at)"
                  + " values ('odoo', ?, '', 1, gen_random_uuid(), now() - make_interval(days => ?))",
              days + " days",
              days);
    }

    deleteWhatIsOld();

    assertThat(left("event_id", "bridge.event_key")).containsExactly("29 days");
  }

  @Test
  void aFullStepIsFollowedByTheNextUntilTheYoungRowsBegin() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, status, applied_at, created_at)"
                + " select 'old', 'applied', now() - interval '8 days', now() - interval '8 days' from generate_series(1, 2500)");
    action("fresh", "applied", 1);

    deleteWhatIsOld();

    assertThat(left("action", ACTIONS)).containsExactly("fresh");
  }

  @Test
  void aRunGoesOnWhereTheLastOneEndedAndBeginsAnewAfterTheEnd() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, status, applied_at, created_at)"
                + " select 'old', 'applied', now() - interval '8 days', now() - interval '8 days' from generate_series(1, 30)");
    Exchange ended = new DefaultExchange(template.getCamelContext());
    ended.getMessage().setBody(Map.of("after", 20L, "steps", 0, "more", false));
    pass.end(ended, "actions");

    deleteWhatIsOld();
    assertThat(left("id", ACTIONS)).hasSize(20);

    deleteWhatIsOld();
    assertThat(left("id", ACTIONS)).isEmpty();
  }

  @Test
  void aRunThatHasDoneItsStepsSaysHowFarItCame() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, target, created_at)"
                + " select 'waits', 'nobody', now() - interval '900 days' from generate_series(1, 1500)");
    Map<?, ?> step = Map.of("after", 0L, "steps", 1, "more", true);
    Map<String, Object> ages = Map.of("finished", 1L, "eventKeys", 1L, "audit", 1L);

    Map<?, ?> last =
        template.requestBodyAndHeaders(
            "sql:classpath:sql/retention/delete_actions.sql?outputType=SelectOne",
            step,
            ages,
            Map.class);

    assertThat(last.get("more")).isEqualTo(false);
    assertThat(((Number) last.get("after")).longValue()).isEqualTo(1000);
  }

  @Test
  void aRowThatSomebodyHasLockedHoldsUpNoOther() throws Exception {
    action("locked", "applied", 8);
    action("free", "applied", 8);
    try (Connection other = jdbc().getDataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select from public.odoo_action_outbox where action = 'locked' for update");
      deleteWhatIsOld();
      assertThat(left("action", ACTIONS)).containsExactly("locked");
      other.rollback();
    }
  }

  private void deleteWhatIsOld() {
    template.sendBody("direct:delete-finished", "");
    template.sendBody("direct:delete-old-events", "");
  }

  private void action(String name, String status, int daysAgo) {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, target, status, next_attempt_at, applied_at, created_at) values"
                + " (?, 'nobody', ?, case when ? = 'queued' then 'infinity' else now() end,"
                + " case when ? = 'applied' then now() - make_interval(days => ?) end, now() - make_interval(days => ?))",
            name,
            status,
            status,
            status,
            daysAgo,
            daysAgo);
  }

  private void deadLetter(
      String queue, long row, int daysAgo, String resolution, int resolvedDaysAgo) {
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, created_at, resolution, resolved_at)"
                + " values (?, ?, 'nobody', '', 'rejected', 1, now() - make_interval(days => ?), ?,"
                + " case when ?::text is not null then now() - make_interval(days => ?) end)",
            queue,
            row,
            daysAgo,
            resolution,
            resolution,
            resolvedDaysAgo);
  }

  private void attempt(String queue, long row, int daysAgo) {
    jdbc()
        .update(
            "insert into bridge.attempt (queue, row_id, target, attempt, class, at)"
                + " values (?, ?, 'nobody', 1, 'timeout', now() - make_interval(days => ?))",
            queue,
            row,
            daysAgo);
  }

  private List<String> left(String column, String table) {
    return jdbc()
        .queryForList("select " + column + "::text from " + table + " order by 1", String.class);
  }
}
