package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.http.Operator;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class DeleteSubscriberTest extends SubscriberTest {

  @Autowired private ProducerTemplate camel;

  @Test
  void oneForWhomNothingWaitsIsDeleted() {
    created("crm");
    act("crm", "pause", BY_ADA);
    JsonNode answer = json(200, delete("crm?who=ada&why=gone"));
    assertThat(answer.toString())
        .isEqualTo(
            "{\"ok\":true,\"id\":1,\"name\":\"crm\",\"discarded\":0,\"dead_letters_discarded\":0,\"in_flight\":0}");
    assertRefused(ask("GET", SUBSCRIBERS + "/crm", ""), 404, "not_found", "subscriber");
    assertThat(jdbc().queryForList("select * from bridge.target where name like 'subscriber:%'"))
        .isEmpty();
    assertThat(audit().get(2))
        .containsEntry("event_type", "bridge.subscriber.deleted")
        .containsEntry("by", "ada")
        .containsEntry("why", "gone");
  }

  @Test
  void oneForWhomSomethingWaitsIsKeptAndTheAnswerTellsHowMuch() {
    created("crm");
    deliveryWaits(1, 3);
    open(77, "subscriber:1");
    assertRefused(
        delete("1?who=ada&why=gone"),
        409,
        "undelivered",
        "3 deliveries wait, 0 are in flight and 1 dead");
    jdbc().update("delete from bridge.dead_letter");
    jdbc()
        .update(
            "update bridge.event_delivery set status = 'sent', lease_until = now() + interval '1 hour'");
    assertRefused(delete("1?who=ada&why=gone"), 409, "undelivered", "3 are in flight");
    assertThat(show("crm").path("open").intValue()).isEqualTo(3);
    assertThat(audit()).hasSize(1);
  }

  @Test
  void whatWaitsIsGivenUpOnlyWhenAskedForAndStaysToBeSeen() {
    created("crm");
    created("bi");
    deliveryWaits(1, 7);
    deliveryWaits(2, 2);
    open(77, "subscriber:1");
    open(78, "subscriber:2");
    JsonNode answer = json(200, delete("crm?discard=true&who=ada&why=gone"));
    assertThat(answer.path("discarded").intValue()).isEqualTo(7);
    assertThat(answer.path("dead_letters_discarded").intValue()).isEqualTo(1);
    assertThat(
            count(
                "bridge.event_delivery where status = 'error' and last_error = 'discarded by ada: gone'"))
        .isEqualTo(7);
    assertThat(
            count(
                "bridge.dead_letter where target = 'subscriber:1' and resolution = 'discarded'"
                    + " and resolved_by = 'ada' and resolved_why = 'gone' and resolved_at is not null"))
        .isEqualTo(8);
    assertThat(count("bridge.event_delivery where target = 'subscriber:2' and status = 'queued'"))
        .isEqualTo(2);
    assertThat(count("bridge.dead_letter where resolution is null")).isEqualTo(1);
    Map<String, Object> event = audit().get(2);
    assertThat(event.get("payload").toString())
        .contains("\"discarded\": 7", "\"dead_letters_discarded\": 1", "\"name\": \"crm\"");
  }

  @Test
  void aLargeBacklogIsGivenUpInSteps() {
    created("crm");
    act("crm", "pause", BY_ADA);
    deliveryWaits(1, 25_000);
    JsonNode answer = json(200, delete("crm?discard=true&who=ada&why=gone"));
    assertThat(answer.path("discarded").intValue()).isEqualTo(25_000);
    assertThat(count("bridge.dead_letter where resolution = 'discarded'")).isEqualTo(25_000);
    assertThat(audit().get(2).get("payload").toString()).contains("\"discarded\": 25000");
  }

  // The statement as the last step of one request runs it.
  @Test
  void aRequestThatEndsBeforeAllIsGivenUpIsToldOfToo() {
    created("crm");
    deliveryWaits(1, 10_500);
    Map<String, Object> last =
        new SubscriberDeletion(
                key(), true, new Operator("ada", "gone"), Instant.now(), 190_000, 7, true, true)
            .parameters();
    SubscriberRow row =
        SubscriberRow.of(
            camel.request(
                "sql:classpath:sql/subscriber/delete.sql",
                exchange -> exchange.getMessage().setBody(last)));
    assertThat(row.text("word")).isEqualTo("unfinished");
    assertThat(row.number("discarded")).isEqualTo(10_000);
    assertThat(audit().get(1)).containsEntry("event_type", "bridge.subscriber.discarded");
    assertThat(audit().get(1).get("payload").toString())
        .contains("\"discarded\": 200000", "\"dead_letters_discarded\": 7");
    assertThat(show("crm").path("open").intValue()).isEqualTo(500);
  }

  private static Map<String, Object> key() {
    Map<String, Object> key = new HashMap<>();
    key.put("id", 1L);
    key.put("name", null);
    return key;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasMadeForADeletedSubscriberMeanwhileIsDeadAndSaysWhy(boolean pausedMeanwhile) {
    created("crm");
    json(200, delete("crm?who=ada&why=gone"));
    if (pausedMeanwhile) {
      jdbc().update("insert into bridge.target (name, state) values ('subscriber:1', 'paused')");
    }
    jdbc()
        .update(
            "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, idempotency_key)"
                + " select 'subscriber:1', id, created_at, correlation_id, 'evt_' || id"
                + " from public.audit_event order by id limit 1");
    await()
        .until(
            () ->
                count(
                        "bridge.dead_letter where reason = 'subscriber_deleted' and resolution is null")
                    == 1);
  }

  @Test
  void deletingSaysWhoAndWhy() {
    created("crm");
    assertRefused(delete("crm"), 400, "missing_who", "name");
    assertRefused(delete("crm?who=ada"), 400, "missing_why", "reason");
    assertRefused(delete("crm?who=ada&why=x&discard=yes"), 400, "invalid_parameter", "discard");
    assertRefused(delete("crm?who=ada&why=x&force=true"), 400, "unknown_parameter", "force");
    assertRefused(delete("nobody?who=ada&why=x"), 404, "not_found", "subscriber");
    assertThat(show("crm").path("id").longValue()).isEqualTo(1);
  }

  private HttpResponse<String> delete(String keyAndQuery) {
    return ask("DELETE", SUBSCRIBERS + "/" + keyAndQuery, "");
  }

  private void open(long row, String target) {
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts)"
                + " values ('event-deliveries', ?, ?, '', 'rejected', 3)",
            row,
            target);
  }

  private int count(String from) {
    return jdbc().queryForObject("select count(*) from " + from, Integer.class);
  }
}
