package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordAndTraceTest extends LookUpTest {

  private static final String CAUSE = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";
  private static final String STORY = "bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb";

  @Test
  void aRecordsHistoryHasItsEventsAndActionsNewestFirst() {
    insertHistory();
    List<String> seen = new ArrayList<>();
    String next = "/bridge/records/res.partner/42?limit=2";
    while (next != null) {
      JsonNode page = askJson(next);
      page.path("entries")
          .forEach(
              entry ->
                  seen.add(entry.path("what").textValue() + " " + entry.path("row").path("id")));
      next = page.path("next").textValue();
    }
    assertThat(seen).containsExactly("event 3", "action 2", "action 1", "event 1");
  }

  private void insertHistory() {
    jdbc()
        .update(
            """
            insert into public.audit_event (source, event_type, resource_id, created_at)
            values ('odoo', 'res.partner.created', '42', '2026-01-01Z'),
                   ('odoo', 'res.partner.created', '43', '2026-01-02Z'),
                   ('odoo', 'res.partner.updated', '42', '2026-01-04Z'),
                   ('odoo', 'res.company.updated', '42', '2026-01-05Z'),
                   ('odoo', 'res.partner.bank.updated', '42', '2026-01-06Z')
            """);
    jdbc()
        .update(
            """
            insert into public.odoo_action_outbox (action, args, created_at, next_attempt_at)
            values ('res.partner.update', '{"id": 42}', '2026-01-03Z', 'infinity'),
                   ('res.partner.update', '{"id": 42}', '2026-01-03Z', 'infinity'),
                   ('res.company.update', '{"id": 42}', '2026-01-03Z', 'infinity')
            """);
  }

  @Test
  void aRecordWithoutHistoryIsEmptyAndABadCursorIsRefused() {
    assertThat(askJson("/bridge/records/res.partner/1").path("entries")).isEmpty();
    assertThat(ask("/bridge/records/res.partner/1?before=7").statusCode()).isEqualTo(400);
    assertThat(ask("/bridge/records/res.partner/1?after=7").statusCode()).isEqualTo(400);
    assertThat(get("/bridge/records/res.partner/1").statusCode()).isEqualTo(401);
  }

  @Test
  void aTraceTellsTheStoryInOrderAndWhatCausedIt() {
    jdbc()
        .update(
            """
            insert into public.audit_event (source, event_type, resource_id, correlation_id, causation_id, created_at)
            values ('odoo', 'sale.order.confirmed', '7', '%1$s', null, '2026-01-01Z'),
                   ('supabase', 'agent.decided', null, '%2$s', '%1$s', '2026-01-02Z'),
                   ('bridge', 'bridge.action.failed', '1', '%2$s', null, '2026-01-06Z')
            """
                .formatted(CAUSE, STORY));
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, status, correlation_id, created_at)"
                + " values ('account.move.post', 'error', '"
                + STORY
                + "', '2026-01-03Z')");
    jdbc()
        .update(
            "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, idempotency_key,"
                + " created_at, status, next_attempt_at)"
                + " values ('subscriber:1', 2, '2026-01-02Z', '"
                + STORY
                + "', 'evt_2', '2026-01-02Z', 'queued', 'infinity')");
    jdbc()
        .update(
            "insert into bridge.attempt (queue, row_id, target, attempt, at, status, class)"
                + " values ('odoo-actions', 1, 'odoo', 1, '2026-01-04Z', 503, 'unavailable')");
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, correlation_id,"
                + " created_at) values ('odoo-actions', 1, 'odoo', '', 'spent', 1, '"
                + STORY
                + "', '2026-01-05Z')");
    JsonNode trace = askJson("/bridge/trace/" + STORY.toUpperCase());
    assertThat(trace.path("correlation_id").textValue()).isEqualTo(STORY);
    assertThat(report(trace.path("story")))
        .containsExactly(
            "event 2 stored",
            "delivery 1 queued",
            "action 1 error",
            "attempt 1 unavailable",
            "dead_letter 1 open",
            "event 3 stored");
    assertThat(report(trace.path("caused_by"))).containsExactly("event 1 stored");
    assertThat(trace.path("truncated").booleanValue()).isFalse();
    assertThat(trace.path("story").get(0).path("at").textValue()).startsWith("2026-01-02T00:00:00");
  }

  private static List<String> report(JsonNode items) {
    List<String> report = new ArrayList<>();
    items.forEach(
        item ->
            report.add(
                item.path("what").textValue()
                    + " "
                    + item.path("id")
                    + " "
                    + item.path("status").textValue()));
    return report;
  }

  @Test
  void anUnknownTraceIs404AndABadIdIs400() {
    HttpResponse<String> unknown = ask("/bridge/trace/" + STORY);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(json(unknown).path("ok").booleanValue()).isFalse();
    HttpResponse<String> bad = ask("/bridge/trace/abc");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(json(bad).path("message").textValue()).contains("correlation_id");
  }
}
