package net.insightpulseai.bridge.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.TestClock;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.outbox.DeadRows;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Many dead letters: found by filters, counted first, ended together. */
class ManyDeadLettersTest extends DeadLettersFixture {

  private static final String REQUEUE = LIST + "/requeue";
  private static final String DISCARD = LIST + "/discard";

  @Autowired private NamedParameterJdbcTemplate named;
  @Autowired private DeadRows rows;

  /** Two actions that can go back, one that was overtaken, and an event for a subscriber. */
  private void fourDeadLetters() {
    odooRefuses("res.partner.fly");
    dead("res.partner.fly", "{\"id\": 1}");
    dead("res.partner.fly", "{\"id\": 2}");
    dead("res.partner.fly", "{\"id\": 3}");
    awaitStatus(insert("res.partner.update", "{\"id\": 3}"), "applied");
    jdbc().update("insert into bridge.subscriber (name, kind, url) values ('erp', 'odoo', null)");
    assertThat(
            postSigned("/bridge/event", "{\"event_type\":\"shop.order\",\"payload\":{\"n\":1}}")
                .statusCode())
        .isEqualTo(200);
    awaitLetters(4);
  }

  @Test
  void theDryCountEqualsWhatIsThenDone() {
    fourDeadLetters();
    odoo().answer(TestOdoo::applied);
    JsonNode dry = tell(200, REQUEUE, record("\"all\":true"));
    assertThat(dry)
        .hasToString(
            "{\"ok\":true,\"dry_run\":true,\"matched\":4,\"outcomes\":{\"overtaken\":1,\"requeued\":3},\"complete\":true}");
    assertThat(listed("")).hasSize(4);

    JsonNode done = tell(200, REQUEUE, record("\"all\":true,\"dry_run\":false"));
    assertThat(done).hasToString(dry.toString().replace("\"dry_run\":true", "\"dry_run\":false"));
    assertThat(listed("")).containsExactly(3L);
    await().until(() -> count("public.odoo_action_outbox where status = 'applied'") == 3);
    await().until(() -> count("bridge.event_delivery where status = 'delivered'") == 1);
    assertThat(count("public.audit_event where event_type = 'bridge.action.requeued'"))
        .isEqualTo(2);
    assertThat(count("public.audit_event where event_type = 'bridge.delivery.requeued'"))
        .isEqualTo(1);

    assertThat(tell(200, REQUEUE, record("\"all\":true")).path("outcomes"))
        .hasToString("{\"overtaken\":1}");
    assertThat(
            tell(200, REQUEUE, record("\"all\":true,\"force\":true,\"dry_run\":false"))
                .path("outcomes"))
        .hasToString("{\"requeued\":1}");
  }

  @Test
  void everyFilterFindsTheSameInTheListAndInABulk() {
    fourDeadLetters();
    jdbc().update("update bridge.dead_letter set reason = 'unsendable' where id = 2");
    String correlation =
        jdbc()
            .queryForObject(
                "select correlation_id::text from bridge.dead_letter where id = 1", String.class);
    String third =
        jdbc()
            .queryForObject(
                "select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ')"
                    + " from bridge.dead_letter where id = 3",
                String.class);
    expect("queue", "odoo-actions", 3, 2, 1);
    expect("queue", "event-deliveries", 4);
    expect("target", "odoo", 3, 2, 1);
    expect("target", "subscriber:1", 4);
    expect("subscriber", "erp", 4);
    expect("subscriber", "nobody");
    expect("reason", "unsendable", 2);
    expect("fault", "bridge", 2);
    expect("fault", "other_side", 4, 3, 1);
    expect("correlation_id", correlation, 1);
    expect("since", third, 4, 3);
    expect("until", third, 2, 1);
  }

  private void expect(String name, String value, long... ids) {
    String query = "?" + name + "=" + value;
    assertThat(listed(query).stream().mapToLong(Long::longValue).toArray())
        .as(query)
        .containsExactly(ids);
    String body = record("\"%s\":\"%s\"".formatted(name, value));
    assertThat(tell(200, DISCARD, body).path("matched").intValue()).as(body).isEqualTo(ids.length);
  }

  @Test
  void pagesFollowEachOtherAndTheTableCanBeFollowed() {
    fourDeadLetters();
    JsonNode page = ask(200, LIST + "?limit=3");
    assertThat(page.path("next").textValue()).isEqualTo(LIST + "?limit=3&before=2");
    assertThat(ask(200, page.path("next").textValue()).path("dead_letters")).hasSize(1);
    assertThat(listed("?after=2")).containsExactly(3L, 4L);
    assertThat(get(LIST + "?format=csv", "apikey", serviceKey()).body())
        .startsWith("id,queue,row_id,row_status,target,subscriber,action,event_id,event_type,");
  }

  @Test
  void aBulkWithoutAnyFilterIsRefusedUnlessAllAreMeant() {
    for (String path : new String[] {REQUEUE, DISCARD}) {
      JsonNode refused = tell(400, path, record("\"dry_run\":false"));
      assertThat(refused.path("code").textValue()).isEqualTo("missing_filter");
      assertThat(refused.path("message").textValue()).contains("\"all\":true");
      tell(400, path, record("\"all\":false"));
      tell(200, path, record("\"all\":true"));
      assertThat(tell(400, path, record("\"fault\":\"mine\"")).path("code").textValue())
          .isEqualTo("invalid_fault");
      assertThat(tell(400, path, record("\"querer\":\"x\"")).path("code").textValue())
          .isEqualTo("unknown_field");
      assertThat(tell(400, path, record("\"since\":\"yesterday\"")).path("code").textValue())
          .isEqualTo("invalid_since");
      assertThat(
              tell(400, path, record("\"since\":\"+999999999-01-01T00:00:00Z\""))
                  .path("code")
                  .textValue())
          .isEqualTo("invalid_since");
      assertThat(
              tell(400, path, record("\"all\":true,\"dry_run\":true,\"dry_run\":false"))
                  .path("code")
                  .textValue())
          .isEqualTo("invalid_json");
      assertThat(tell(400, path, record("\"queue\":\"x\"")).path("code").textValue())
          .isEqualTo("invalid_queue");
      assertThat(tell(400, path, "{\"all\":true}").path("code").textValue())
          .isEqualTo("missing_who");
      assertThat(post(path, record("\"all\":true")).statusCode()).isEqualTo(401);
    }
    assertThat(tell(400, DISCARD, record("\"force\":true")).path("code").textValue())
        .isEqualTo("unknown_field");
  }

  @Test
  void ofBulksThatRunAtTheSameTimeOneEndsEachLetter() throws Exception {
    insertDead(1200);
    ExecutorService operators = Executors.newFixedThreadPool(4);
    try {
      List<Future<JsonNode>> bulks = new ArrayList<>();
      for (String path : List.of(REQUEUE, DISCARD, REQUEUE, DISCARD)) {
        String body = record("\"target\":\"odoo\",\"force\":true,\"dry_run\":false");
        String said = path.equals(DISCARD) ? body.replace("\"force\":true,", "") : body;
        bulks.add(operators.submit(() -> tell(200, path, said).path("outcomes")));
      }
      int requeued = 0;
      int discarded = 0;
      for (Future<JsonNode> bulk : bulks) {
        requeued += bulk.get(60, TimeUnit.SECONDS).path("requeued").intValue();
        discarded += bulk.get().path("discarded").intValue();
      }
      assertThat(requeued + discarded).isEqualTo(1200);
      assertThat(requeued).isEqualTo(count("bridge.dead_letter where resolution = 'requeued'"));
      assertThat(discarded).isEqualTo(count("bridge.dead_letter where resolution = 'discarded'"));
      assertThat(requeued)
          .isEqualTo(count("public.audit_event where event_type = 'bridge.action.requeued'"));
      assertThat(discarded)
          .isEqualTo(count("public.odoo_action_outbox where status = 'error'"))
          .isEqualTo(count("public.audit_event where event_type = 'bridge.action.discarded'"));
    } finally {
      operators.shutdown();
    }
  }

  @Test
  void aBulkThatTakesTooLongSaysThatThereIsMore() {
    insertDead(1200);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Iterator<Instant> times =
        List.of(start, start.plusSeconds(10), start.plusSeconds(31)).iterator();
    DeadLetters letters = new DeadLetters(named, rows, TestClock.telling(times::next));
    DeadLetterFilter all =
        DeadLetterFilter.of(new BodyFields(JsonNodeFactory.instance.objectNode()));

    DeadLetters.Tally tally =
        letters.endAll(Resolution.DISCARDED, all, new DeadRows.Act("ann", "why", false, false));

    assertThat(tally).isEqualTo(new DeadLetters.Tally(1000, Map.of("discarded", 1000L), false));
    assertThat(listed("?limit=1000")).hasSize(200);
  }

  /**
   * Actions that died, a letter each, in two hundred lanes; the younger letter is of the older row.
   */
  private void insertDead(int count) {
    jdbc()
        .update(
            "with row as (insert into public.odoo_action_outbox (action, status, ordering_key)"
                + " select 'x.y', 'error', 'lane:' || n % 200 from generate_series(1, ?) n returning *)"
                + " insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, correlation_id)"
                + " select 'odoo-actions', id, target, ordering_key, 'rejected', 1, correlation_id from row order by id desc",
            count);
  }

  @Test
  void aBulkOfMoreThanOneStepEndsEachLetterOnce() {
    insertDead(1200);
    JsonNode done = tell(200, REQUEUE, record("\"target\":\"odoo\",\"dry_run\":false"));
    assertThat(done.path("matched").intValue()).isEqualTo(1200);
    assertThat(done.path("outcomes")).hasToString("{\"requeued\":1200}");
    assertThat(count("public.audit_event where event_type = 'bridge.action.requeued'"))
        .isEqualTo(1200);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> count("public.odoo_action_outbox where status = 'applied'") == 1200);
  }
}
