package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventDeliveriesTest extends LookUpTest {

  private static final String STORY = "cccccccc-cccc-cccc-cccc-cccccccccccc";

  @BeforeEach
  void oneEventForTwoSubscribers() {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, event_types) values ('n8n', 'webhook', '{*}'),"
                + " ('sales', 'webhook', '{sale.*}')");
    jdbc()
        .update(
            "insert into bridge.target (name, state, reason, changed_by) values ('subscriber:1', 'paused', 'holiday', 'ada')"
                + " on conflict (name) do update set state = 'paused', reason = 'holiday', changed_by = 'ada'");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, correlation_id)"
                + " values ('odoo', 'res.partner.updated', '42', ?::uuid)",
            STORY);
    jdbc()
        .update(
            "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, idempotency_key, replay_id)"
                + " select target, event_id, event_created_at, correlation_id, idempotency_key, 7 from bridge.event_delivery");
  }

  @Test
  void anEventIsShownAsItIsListed() {
    assertThat(askJson("/bridge/events/1"))
        .isEqualTo(askJson("/bridge/events").path("events").get(0));
  }

  @Test
  void eachSubscriberHasAnAnswerAndItsReplaysUnderIt() {
    JsonNode explained = askJson("/bridge/events/1/deliveries");

    assertThat(explained.path("event_id").longValue()).isEqualTo(1);
    assertThat(explained.path("answers")).hasSize(2);
    JsonNode first = explained.at("/answers/0");
    assertThat(first.path("subscriber").textValue()).isEqualTo("n8n");
    assertThat(first.path("state").textValue()).isEqualTo("waiting");
    assertThat(first.path("why").textValue()).isEqualTo("The subscriber is paused by ada: holiday");
    assertThat(first.path("changed_by").textValue()).isEqualTo("ada");
    assertThat(first.at("/replays/0/replay_id").longValue()).isEqualTo(7);
    assertThat(first.at("/replays/0/state").textValue()).isEqualTo("waiting");
    assertThat(explained.at("/answers/1/state").textValue()).isEqualTo("skipped");
    assertThat(explained.at("/answers/1/reason").textValue()).isEqualTo("event_type");
    assertThat(explained.at("/answers/1/replays").isMissingNode()).isTrue();
  }

  @Test
  void theTimelineSaysForEachEventWhatBecameOfItAndNamesSubscribers() {
    JsonNode story = askJson("/bridge/trace/" + STORY).path("story");

    JsonNode event = story.get(0);
    assertThat(event.path("what").textValue()).isEqualTo("event");
    assertThat(event.path("answers")).hasSize(3);
    assertThat(event.at("/answers/0/subscriber").textValue()).isEqualTo("n8n");
    assertThat(event.at("/answers/0/state").textValue()).isEqualTo("waiting");
    assertThat(event.at("/answers/1/replay_id").longValue()).isEqualTo(7);
    assertThat(event.at("/answers/2/why").textValue()).contains("sale.*");
    JsonNode delivery = story.get(1);
    assertThat(delivery.path("what").textValue()).isEqualTo("delivery");
    assertThat(delivery.at("/row/subscriber").textValue()).isEqualTo("n8n");
    assertThat(delivery.has("answers")).isFalse();
  }

  @Test
  void anUnknownEventIs404AndABadIdIs400() {
    for (String path : new String[] {"/bridge/events/99", "/bridge/events/99/deliveries"}) {
      assertThat(ask(path).statusCode()).isEqualTo(404);
      assertThat(json(ask(path)).path("message").textValue())
          .isEqualTo("There is no event with this id");
      assertThat(ask(path.replace("99", "x")).statusCode()).isEqualTo(400);
      assertThat(get(path).statusCode()).isEqualTo(401);
    }
  }
}
