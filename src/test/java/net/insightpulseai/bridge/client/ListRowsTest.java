package net.insightpulseai.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import net.insightpulseai.bridge.ingest.ExactJson;
import org.junit.jupiter.api.Test;

class ListRowsTest extends ClientFixture {

  @Test
  void eventsAreATableInUtcThatFitsTheWidth() {
    events(2);

    assertThat(run("events", "--utc", "--width", "80")).as(errors()).isZero();

    List<String> lines = out().lines().toList();
    assertThat(lines).hasSize(5).allMatch(line -> line.length() <= 80);
    assertThat(lines.get(0)).matches(" *ID  STORED \\(UTC\\) +SOURCE +TYPE +RECORD.*");
    assertThat(lines.get(1)).matches(" *2  2026-01-31 12:00:00 +odoo +a\\.b +2.*");
    assertThat(lines.get(2)).matches("    CORRELATION ID: [0-9a-f-]{36}");
    assertThat(errors()).isEmpty();
  }

  @Test
  void jsonIsWhatTheApiHasLineByLineWithEveryDigit() throws JsonProcessingException {
    events(3);

    assertThat(run("events", "--json", "--limit", "2")).as(errors()).isZero();

    List<String> lines = out().lines().toList();
    assertThat(lines).hasSize(2).allMatch(line -> line.contains("12345678901234567890.10"));
    assertThat(ExactJson.mapper().readTree(lines.get(0)).path("id").asInt()).isEqualTo(3);
    assertThat(errors()).isEqualTo("there are more: --before 2, or a higher --limit\n");
  }

  @Test
  void pagesAreFollowedUpToTheLimit() {
    events(2500);

    assertThat(run("events", "--json", "--limit=2100")).as(errors()).isZero();
    assertThat(out().lines()).hasSize(2100);
    assertThat(errors()).contains("--before 401");

    assertThat(run("events", "--json", "--limit=9999", "--after", "0")).as(errors()).isZero();
    assertThat(out().lines()).hasSize(2500);
    assertThat(errors()).isEmpty();
  }

  @Test
  void filtersAreThoseOfTheLookUp() {
    events(3);
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id) values ('supabase', 'c.d', '1')");

    assertFinds("1 2 3", "--type", "a.*");
    assertFinds("2", "--record", "a:2");
    assertFinds("4", "--source", "supabase");
    assertFinds("1 4", "--resource-id", "1");
    assertFinds("4", "--since", "1h");
    assertFinds("1 2 3", "--since", "2026-01-31", "--until", "2026-02-02T00:00:00+01:00");
    assertFinds("1 2", "--before", "3");
    assertFinds(
        "4", "--correlation-id", text("select correlation_id from audit_event where id = 4"));
  }

  private void assertFinds(String ids, String... arguments) {
    assertThat(run("events", arguments)).as(errors()).isZero();
    assertThat(out().lines().skip(1).map(line -> line.strip().split(" ")[0]).sorted())
        .as(out())
        .containsExactly(ids.split(" "));
  }

  @Test
  void actionsSayWhyTheyWait() {
    jdbc().update("update bridge.target set state = 'paused', changed_by = 'ann', reason = 'tea'");
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args) values ('res.partner.update', '{\"id\": 42}')");

    assertThat(run("actions", "--status", "queued", "--action", "res.*")).as(errors()).isZero();
    assertThat(out())
        .contains("res.partner.update", "res.partner:42", "Odoo is paused by ann: tea");

    assertThat(run("targets")).isZero();
    assertThat(out()).matches("(?s)TARGET .*odoo .*paused .*ann .*tea\\s*");
  }

  @Test
  void deadLettersAndSubscribersAreListed() {
    jdbc().update("insert into bridge.subscriber (name, kind) values ('live', 'realtime')");
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, error, correlation_id)"
                + " values ('event-deliveries', 9, 'subscriber:1', '', 'rejected', 3, E'no\\n\\u001b[31mred', gen_random_uuid())");

    assertThat(run("dead-letters", "--subscriber", "live")).as(errors()).isZero();
    assertThat(out()).contains("live", "rejected", "no ?[31mred").doesNotContain("\u001b");
    assertThat(run("dead-letters", "--reason", "expired", "--json")).isZero();
    assertThat(out()).isEmpty();

    assertThat(run("subscribers", "--json")).as(errors()).isZero();
    assertThat(out()).startsWith("{\"id\":1,\"name\":\"live\",").hasLineCount(1);
    assertThat(run("subscribers")).isZero();
    assertThat(out()).contains("NAME", "live", "realtime", "running");
  }

  @Test
  void anEmptyListSaysSoBesideTheOutput() {
    assertThat(run("events")).isZero();

    assertThat(out()).isEmpty();
    assertThat(errors()).isEqualTo("none found\n");
  }
}
