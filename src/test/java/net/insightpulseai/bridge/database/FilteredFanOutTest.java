package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Filters and fields of subscribers, in the database. */
class FilteredFanOutTest {

  private final TestDatabase database = TestDatabase.fresh();

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void onlyWhatTheFilterTakesIsDelivered() {
    subscribe("large", "$.payload.total > 100", null);
    subscribe("state", "exists($.changed.state)", null);
    subscribe("all", null, null);

    store("{\"total\": 150}", "{}");
    store("{\"total\": \"no number\"}", "{\"changed\": {\"state\": [1, 2]}}");
    store("[]", null);

    assertThat(
            database
                .jdbc()
                .queryForList(
                    "select event_id || ' ' || s.name from bridge.event_delivery d"
                        + " join bridge.subscriber s on d.target = 'subscriber:' || s.id order by 1",
                    String.class))
        .containsExactly("1 all", "1 large", "2 all", "2 state", "3 all");
  }

  @Test
  void explainSaysWhenItWasTheFilter() {
    subscribe("large", "$.payload.total > 100", null);
    store("{\"total\": 5}", "{}");
    assertThat(
            database
                .jdbc()
                .queryForObject(
                    "select state || ' ' || reason || ' ' || why from bridge.explain(1, '7 days')",
                    String.class))
        .isEqualTo("skipped filter Its filter does not take the event: $.payload.total > 100");
  }

  @Test
  void aFilterThatIsNoneCannotBeStored() {
    assertThatThrownBy(() -> subscribe("a", "$.payload >", null))
        .isInstanceOf(DataAccessException.class);
  }

  /** What plain SQL puts there is not checked as the API checks it. */
  @Test
  void aFilterThatFailsKeepsNoEventFromBeingStored() {
    for (String filter :
        List.of(
            "strict $.payload.a.b.c > 1",
            "$.payload.when.datetime() > \"x\".datetime()",
            "1 / ($.payload.total - 5) > 0",
            "$.payload.total",
            "$.payload ? (@.total > 1)")) {
      subscribe("s" + filter.hashCode(), filter, null);
    }
    store("{\"total\": 5, \"when\": \"2026-01-01\"}", "{}");
    assertThat(
            database.jdbc().queryForObject("select count(*) from public.audit_event", Long.class))
        .isEqualTo(1);
  }

  @Test
  void onlyTheFieldsThatAreAskedForAreSent() {
    subscribe("few", null, "{name,state}");
    store(
        "{\"name\": \"x\", \"phone\": \"secret\"}",
        "{\"changed\": {\"state\": [1, 2], \"phone\": [3, 4]}}");
    store("[\"secret\"]", "{\"changed\": \"secret\"}");
    store("{\"name\": \"x\"}", null);
    List<String> messages =
        database
            .jdbc()
            .queryForList(
                "select bridge.message_for(s, e)::text from bridge.subscriber s cross join public.audit_event e"
                    + " order by e.id",
                String.class);
    assertThat(messages)
        .noneMatch(message -> message.contains("secret") || message.contains("phone"));
    assertThat(messages.get(0))
        .contains("\"payload\" : {\"name\": \"x\"}")
        .contains("\"changed\" : {\"state\": [1, 2]}");
    assertThat(messages.get(1)).contains("\"payload\" : {}, \"changed\" : {}");
    assertThat(messages.get(2)).contains("\"changed\" : null");
  }

  @Test
  void patternsOfATypeAreThoseThatMatchIt() {
    assertThat(patterns("res.partner.updated"))
        .containsExactlyInAnyOrder("res.partner.updated", "*", "res.*", "res.partner.*");
    assertThat(patterns("bridge.alert.opened"))
        .containsExactlyInAnyOrder("bridge.alert.opened", "bridge.*", "bridge.alert.*");
    assertThat(patterns("plain")).containsExactlyInAnyOrder("plain", "*");
    assertThat(patterns(".odd..")).containsExactlyInAnyOrder(".odd..", "*", ".odd.*", ".odd..*");
    assertThat(patterns("x.".repeat(100_000))).hasSizeLessThan(300);
  }

  private List<String> patterns(String type) {
    return database.jdbc().queryForList("select unnest(bridge.patterns_of(?))", String.class, type);
  }

  private void subscribe(String name, String filter, String fields) {
    database
        .jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, filter, fields) values (?, 'webhook', ?, ?::text[])",
            name,
            filter,
            fields);
  }

  private void store(String payload, String meta) {
    database
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload, meta)"
                + " values ('odoo', 'a.b', ?::jsonb, ?::jsonb)",
            payload,
            meta);
  }
}
