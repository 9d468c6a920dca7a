package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscriberActsTest extends SubscriberTest {

  @Test
  void allAreListedWithTheirStateAndWhatWaits() {
    created("crm");
    created("bi");
    deliveryWaits(1, 5);
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts)"
                + " values ('event-deliveries', 99, 'subscriber:1', '', 'rejected', 3)");
    act("crm", "pause", BY_ADA);
    HttpResponse<String> response = ask("GET", SUBSCRIBERS, "");
    JsonNode list = json(200, response).path("subscribers");
    assertThat(list).hasSize(2);
    assertThat(list.get(0).path("name").asText()).isEqualTo("bi");
    assertThat(list.get(1).path("state").asText()).isEqualTo("paused");
    assertThat(list.get(1).path("reason").asText()).isEqualTo("a test");
    assertThat(list.get(1).path("changed_by").asText()).isEqualTo("ada");
    assertThat(list.get(1).path("open").intValue()).isEqualTo(5);
    assertThat(list.get(1).path("dead").intValue()).isEqualTo(1);
    assertThat(response.body()).doesNotContain("whsec_", "key_id");
  }

  @Test
  void aPatchChangesWhatItNamesAndNullGoesBackToTheDefault() {
    created("crm");
    JsonNode changed =
        json(
            200,
            change(
                "crm",
                "{\"event_types\":[\"a.*\"],\"rate\":5,\"format\":\"thin\",\"url\":\"https://b.example.com/x?key=k2\",\"who\":\"ada\"}"));
    assertThat(changed.path("event_types").toString()).isEqualTo("[\"a.*\"]");
    assertThat(changed.path("rate").intValue()).isEqualTo(5);
    JsonNode back =
        json(200, change("1", "{\"event_types\":null,\"rate\":null,\"name\":\"customers\"}"));
    assertThat(back.path("event_types").toString()).isEqualTo("[\"*\"]");
    assertThat(back.path("rate").isNull()).isTrue();
    assertThat(back.path("format").asText()).isEqualTo("thin");
    assertThat(back.path("url").asText()).isEqualTo("https://b.example.com/x?key=k2");
    assertThat(show("customers").path("id").longValue()).isEqualTo(1);
    Map<String, Object> event = audit().get(1);
    assertThat(event)
        .containsEntry("event_type", "bridge.subscriber.changed")
        .containsEntry("by", "ada");
    assertThat(event.get("payload").toString())
        .contains(
            "\"fields\": [\"url\", \"event_types\", \"format\", \"rate\"]",
            "https://b.example.com\"")
        .doesNotContain("k2");
  }

  @Test
  void aChangeIsCheckedAsAWhole() {
    created("crm");
    created("bi");
    assertRefused(change("crm", "{\"name\":\"bi\"}"), 409, "name_taken", "this name");
    assertRefused(
        change("crm", "{\"kind\":\"realtime\",\"url\":null}"), 400, "invalid_kind", "webhook");
    assertRefused(change("crm", "{\"url\":null}"), 400, "invalid_url", "address");
    assertRefused(change("crm", "{\"topic\":\"x\"}"), 400, "invalid_topic", "realtime");
    assertRefused(change("crm", "{\"secret\":\"x\"}"), 400, "invalid_secret", "rotate-secret");
    assertRefused(change("crm", "{\"state\":\"paused\"}"), 400, "unknown_field", "state");
    assertRefused(change("nobody", "{}"), 404, "not_found", "subscriber");
    assertRefused(change("99", "{}"), 404, "not_found", "subscriber");
    assertThat(audit()).hasSize(2);
  }

  @Test
  void pausingAndResumingSaysWhoAndWhy() {
    created("crm");
    assertThat(json(200, act("crm", "pause", BY_ADA)).path("state").asText()).isEqualTo("paused");
    jdbc().update("update bridge.target set state = 'disabled' where name = 'subscriber:1'");
    assertThat(show("crm").path("state").asText()).isEqualTo("disabled");
    assertThat(json(200, act("1", "resume", BY_ADA)).path("state").asText()).isEqualTo("running");
    assertThat(json(200, act("1", "resume", BY_ADA)).path("state").asText()).isEqualTo("running");
    List<Map<String, Object>> audit = audit();
    assertThat(audit)
        .extracting(event -> event.get("event_type"))
        .containsExactly(
            "bridge.subscriber.created", "bridge.subscriber.paused", "bridge.subscriber.resumed");
    assertThat(audit.get(2)).containsEntry("by", "ada").containsEntry("why", "a test");
    assertRefused(act("crm", "pause", "{\"who\":\"ada\"}"), 400, "missing_why", "reason");
    assertRefused(act("crm", "resume", "{\"why\":\"x\"}"), 400, "missing_who", "name");
    assertRefused(act("crm", "pause", ""), 400, "missing_who", "name");
    assertRefused(act("crm", "pause", "{\"until\":1}"), 400, "unknown_field", "until");
    assertRefused(act("nobody", "pause", BY_ADA), 404, "not_found", "subscriber");
  }

  @Test
  void whatComesWhileASubscriberIsPausedWaits() {
    created("crm");
    act("crm", "pause", BY_ADA);
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type) values ('odoo', 'res.partner.updated')");
    assertThat(show("crm").path("open").intValue()).isEqualTo(1);
  }

  @Test
  void changesAtOnceDoNotUndoEachOther() {
    created("crm");
    List<Integer> statuses =
        atOnce(n -> change("crm", "{\"%s\":%d}".formatted(n % 2 == 0 ? "rate" : "slots", n + 1)));
    assertThat(statuses).contains(200);
    assertThat(statuses).allMatch(status -> status == 200 || status == 409);
    assertThat(audit()).hasSize(1 + Collections.frequency(statuses, 200));
    JsonNode now = show("crm");
    String told =
        jdbc()
            .queryForObject(
                "select string_agg(distinct payload -> 'fields' ->> 0, ',' order by payload -> 'fields' ->> 0)"
                    + " from public.audit_event where event_type = 'bridge.subscriber.changed'",
                String.class);
    assertThat(told.contains("rate")).isEqualTo(!now.path("rate").isNull());
    assertThat(told.contains("slots")).isEqualTo(!now.path("slots").isNull());
  }

  @Test
  void ofTwoWithOneNameOneIsMade() {
    List<Integer> statuses =
        atOnce(
            n ->
                create(
                    n % 2 == 0
                        ? "{\"name\":\"live\",\"kind\":\"realtime\"}"
                        : "{\"name\":\"erp%d\",\"kind\":\"odoo\"}".formatted(n)));
    assertThat(Collections.frequency(statuses, 201)).isEqualTo(2);
    assertThat(Collections.frequency(statuses, 409)).isEqualTo(6);
  }

  @Test
  void changesRotationsAndADeletionAtOnceEndAsInOneOfTheirOrders() {
    created("crm");
    List<Integer> statuses =
        atOnce(
            n ->
                switch (n % 4) {
                  case 0 -> change("crm", "{\"rate\":5}");
                  case 1 -> act("crm", "rotate-secret", "");
                  case 2 -> ask("DELETE", SUBSCRIBERS + "/crm?who=ada&why=x", "");
                  default -> act("crm", "test", "");
                });

    assertThat(statuses).allMatch(status -> List.of(200, 404, 409).contains(status));
    assertThat(text("select count(*) from bridge.subscriber where name = 'crm'")).isEqualTo("0");
    assertThat(audit())
        .extracting(event -> event.get("event_type"))
        .filteredOn("bridge.subscriber.deleted"::equals)
        .hasSize(1);
  }

  private static List<Integer> atOnce(IntFunction<HttpResponse<String>> request) {
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 8)
            .mapToObj(n -> CompletableFuture.supplyAsync(() -> request.apply(n).statusCode()))
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void whatBelongsToTheFileIsNotForTheApi() {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, owner) values ('live', 'realtime', 'file')");
    assertRefused(change("live", "{\"rate\":1}"), 409, "owned_by_file", "application.yaml");
    assertRefused(
        ask("DELETE", SUBSCRIBERS + "/live?who=ada&why=x", ""),
        409,
        "owned_by_file",
        "bridge.subscribers");
    assertRefused(act("live", "rotate-secret", ""), 409, "owned_by_file", "application.yaml");
    json(200, act("live", "pause", BY_ADA));
    json(200, act("live", "resume", BY_ADA));
  }
}
