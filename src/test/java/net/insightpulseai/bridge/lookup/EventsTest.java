package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventsTest extends LookUpTest {

  @Test
  void onlyServiceAccessMaySeeEvents() {
    assertThat(get("/bridge/events").statusCode()).isEqualTo(401);
    HttpResponse<String> wrong = get("/bridge/events", "apikey", "not-the-key");
    assertThat(wrong.statusCode()).isIn(401, 403);
    assertThat(wrong.headers().firstValue("sb-error-code")).isPresent();
  }

  @Test
  void pagesGoFromTheNewestBackAndMissNothingWhileEventsArrive() {
    insertEvents(25);
    List<Long> seen = new ArrayList<>();
    String next = "/bridge/events?limit=10";
    while (next != null) {
      JsonNode page = askJson(next);
      seen.addAll(ids(page.path("events")));
      next = page.path("next").textValue();
      insertEvents(3);
    }
    assertThat(seen)
        .containsExactlyElementsOf(LongStream.iterate(25, n -> n - 1).limit(25).boxed().toList());
  }

  @Test
  void whoFollowsTheTableIsNotLedPastAnUncommittedEvent() throws SQLException {
    insertEvents(2);
    try (Connection slow = database().dataSource().getConnection();
        Statement insert = slow.createStatement()) {
      slow.setAutoCommit(false);
      insert.execute(
          "insert into public.audit_event (source, event_type) values ('odoo', 'x.late')");
      insertEvents(2);
      assertThat(ids(askJson("/bridge/events?after=0").path("events"))).containsExactly(1L, 2L);
      slow.commit();
    }
    assertThat(ids(askJson("/bridge/events?after=2").path("events"))).containsExactly(3L, 4L, 5L);
  }

  @Test
  void aGapThatIsOldIsPassedOver() {
    insertEvents(5);
    jdbc().update("delete from public.audit_event where id = 3");
    assertThat(ids(askJson("/bridge/events?after=1").path("events"))).containsExactly(2L);
    jdbc().update("update public.audit_event set created_at = now() - interval '1 minute'");
    assertThat(ids(askJson("/bridge/events?after=1").path("events"))).containsExactly(2L, 4L, 5L);
  }

  @Test
  void followingGoesOnWhereThePageEnded() {
    insertEvents(5);
    JsonNode first = askJson("/bridge/events?after=0&limit=3");
    assertThat(ids(first.path("events"))).containsExactly(1L, 2L, 3L);
    JsonNode second = askJson(first.path("next").textValue());
    assertThat(ids(second.path("events"))).containsExactly(4L, 5L);
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void largeRowsEndAPageEarlyAndTheNextOneGoesOn() {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload)"
                + " select 'odoo', 'x.large', to_jsonb(repeat('x', 7000000)) from generate_series(1, 3)");
    JsonNode page = askJson("/bridge/events");
    assertThat(ids(page.path("events"))).containsExactly(3L, 2L);
    assertThat(ids(askJson(page.path("next").textValue()).path("events"))).containsExactly(1L);
  }

  @Test
  void eachFilterNarrows() {
    jdbc()
        .update(
            """
            insert into public.audit_event (source, event_type, resource_id, correlation_id, causation_id, created_at)
            values ('odoo', 'res.partner.updated', '42', '11111111-1111-1111-1111-111111111111', null, '2026-01-01Z'),
                   ('supabase', 'res.partner.created', '42', '22222222-2222-2222-2222-222222222222', 'c1', '2026-01-02Z'),
                   ('bridge', 'res.company.updated', '42', '33333333-3333-3333-3333-333333333333', null, '2026-01-03Z'),
                   ('odoo', 'res.partner.bank.updated', '42', '44444444-4444-4444-4444-444444444444', null, '2025-01-03Z')
            """);
    assertFound("source=supabase", 2);
    assertFound("event_type=res.partner.updated", 1);
    assertFound("event_type=res.partner.*", 4, 2, 1);
    assertFound("resource_id=42", 4, 3, 2, 1);
    assertFound("record=res.partner:42", 2, 1);
    assertFound("correlation_id=33333333-3333-3333-3333-333333333333", 3);
    assertFound("causation_id=c1", 2);
    assertFound("since=2026-01-02T00:00:00Z", 3, 2);
    assertFound("record=res.partner.bank:42", 4);
    assertFound("until=2026-01-02T01:00:00%2B01:00", 1, 4);
    assertFound("since=2026-01-02T00:00:00Z&source=odoo");
  }

  private void assertFound(String filter, long... ids) {
    assertThat(ids(askJson("/bridge/events?" + filter).path("events")))
        .as(filter)
        .containsExactlyElementsOf(LongStream.of(ids).boxed().toList());
  }

  @Test
  void aParameterThatIsNotUnderstoodIsRefusedByName() {
    assertRefused("limit=1001", "limit");
    assertRefused("limit=0", "limit");
    assertRefused("limit=ten", "limit");
    assertRefused("before=-1", "before");
    assertRefused("before=1&after=1", "before");
    assertRefused("source=elsewhere", "source");
    assertRefused("correlation_id=1-1-1-1-1", "correlation_id");
    assertRefused("since=yesterday", "since");
    assertRefused("until=2026-01-01T00:00:00", "until");
    assertRefused("since=%2B999999999-01-01T00:00:00Z", "since");
    assertRefused("until=-300000-01-01T00:00:00Z", "until");
    assertRefused("record=42", "record");
    assertRefused("format=xml", "format");
    assertRefused("evnt_type=x", "evnt_type");
    assertRefused("limit=1&limit=2", "limit");
    assertRefused("event_type=a%00b", "event_type");
  }

  private void assertRefused(String query, String name) {
    HttpResponse<String> response = ask("/bridge/events?" + query);
    assertThat(response.statusCode()).as(query).isEqualTo(400);
    assertThat(json(response).path("ok").booleanValue()).isFalse();
    assertThat(json(response).path("message").textValue()).contains(name);
  }

  @Test
  void numbersComeOutToTheLastDigit() {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload)"
                + " values ('odoo', 'x.y', '{\"id\":9007199254740993,\"amount\":1234567890123456789.10,\"one\":1.0}')");
    for (String format : List.of("json", "ndjson", "csv")) {
      assertThat(ask("/bridge/events?format=" + format).body().replace(" ", ""))
          .contains("9007199254740993", "1234567890123456789.10", "1.0");
    }
  }

  @Test
  void ndjsonIsOneRowALine() {
    insertEvents(3);
    HttpResponse<String> response = ask("/bridge/events?limit=2", "accept", "application/x-ndjson");
    assertThat(response.headers().firstValue("content-type")).contains("application/x-ndjson");
    assertThat(response.headers().firstValue("link").orElse(""))
        .contains("before=2")
        .contains("rel=\"next\"");
    assertThat(response.body().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":"));
  }

  @Test
  void csvHasAHeaderAndRunsNoFormula() {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, payload)"
                + " values ('odoo', '=cmd|''/c calc''!A0', '@x', '{\"a\": \"say \\\"hi\\\", twice\"}')");
    HttpResponse<String> response = ask("/bridge/events", "accept", "text/csv");
    assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/csv");
    List<String> lines = response.body().lines().toList();
    assertThat(lines.get(0)).startsWith("id,source,event_type,resource_id,payload,");
    assertThat(lines.get(1))
        .startsWith(
            "1,odoo,'=cmd|'/c calc'!A0,'@x,\"{\"\"a\"\":\"\"say \\\"\"hi\\\"\", twice\"\"}\",");
  }

  @Test
  void aQuestionWithoutRowsIsAnsweredEmpty() {
    JsonNode page = askJson("/bridge/events?event_type=nobody.*");
    assertThat(page.path("ok").booleanValue()).isTrue();
    assertThat(page.path("events")).isEmpty();
    assertThat(page.path("next").isNull()).isTrue();
    assertThat(ask("/bridge/events?format=csv").body()).isEmpty();
  }
}
