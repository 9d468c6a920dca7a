package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is queued for Odoo, as Odoo applies it. */
class ActionsInOdooTest extends EndToEndTest {

  private static final String APPLY = "/api/agent/apply";

  @Test
  void aPostedInvoiceComesBackUnderTheSameCorrelationIdAndGoesRoundNoFurther() {
    subscribeOdoo();
    long partner = real().create("res.partner", Map.of("name", "Buyer"));
    long invoice = draftInvoice(partner);
    awaitEvents("account.move", invoice, 1);

    long action = queue("account.move.post", Map.of("id", invoice));
    Map<String, Object> applied = awaitApplied(action);
    String correlationId = applied.get("correlation_id").toString();
    assertThat(real().field("account.move", invoice, "state").asText()).isEqualTo("posted");

    Event posted = awaitEvents("account.move", invoice, 2).get(1);
    assertThat(posted.correlationId()).isEqualTo(correlationId);
    assertThat(posted.meta().at("/changed/state").toString()).isEqualTo("[\"draft\",\"posted\"]");
    assertThat(posted.payload().path("name").asText())
        .isEqualTo(real().field("account.move", invoice, "name").asText());
    assertThat(posted.meta().at("/origin/source").asText()).isEqualTo("bridge");
    assertThat(posted.hop()).isEqualTo(1);
    assertThat(toOdoo().requests("/api/agent/event_push")).isEmpty();
    JsonNode answers =
        parse(get("/bridge/events/" + posted.id() + "/deliveries", "apikey", serviceKey()).body());
    assertThat(answers.at("/answers/0/subscriber").asText()).isEqualTo("odoo");
    assertThat(answers.at("/answers/0/reason").asText()).isEqualTo("from_odoo");

    JsonNode trace = trace(correlationId);
    List<String> story = new ArrayList<>();
    trace
        .path("story")
        .forEach(
            item ->
                story.add(
                    item.path("what").asText()
                        + " "
                        + item.at("/row/action").asText(item.at("/row/event_type").asText())));
    assertThat(story).containsSubsequence("action account.move.post", "event account.move.updated");
    assertThat(story).contains("event bridge.action.applied");
  }

  @Test
  void whatOdooComputesBecauseOfAnActionIsTaggedAsCausedByIt() {
    long parent = real().create("res.partner", Map.of("name", "Holding", "is_company", true));
    long child = real().create("res.partner", Map.of("name", "Desk", "parent_id", parent));
    awaitEvents("res.partner", child, 1);

    long action =
        queue("res.partner.update", Map.of("id", parent, "values", Map.of("name", "Holding 2")));
    String correlationId = awaitApplied(action).get("correlation_id").toString();

    waiting()
        .until(
            () ->
                events("res.partner", child).stream()
                    .anyMatch(event -> event.type().equals("res.partner.updated")));
    Event derived = events("res.partner", child).get(1);
    assertThat(derived.meta().at("/changed/complete_name").toString())
        .isEqualTo("[\"Holding, Desk\",\"Holding 2, Desk\"]");
    assertThat(derived.correlationId()).isEqualTo(correlationId);
    assertThat(derived.meta().at("/origin/source").asText()).isEqualTo("bridge");
  }

  @Test
  void anActionQueuedTwiceUnderOneKeyHasOneEffect() {
    String name = unique();
    String key = UUID.randomUUID().toString();
    String body = text(Map.of("action", "res.partner.create", "args", contact(name)));
    String keyed = body.substring(0, body.length() - 1) + ",\"idempotency_key\":\"" + key + "\"}";
    for (int times = 0; times < 2; times++) {
      assertThat(
              post("/functions/v1/push_to_odoo", keyed, "authorization", "Bearer " + serviceKey())
                  .statusCode())
          .isEqualTo(200);
    }
    assertThat(contacts(name)).isEqualTo(1);
    // The bridge recognizes the key by its own table; Odoo does so where the bridge has forgotten.
    jdbc().update("delete from public.odoo_action_outbox");
    JsonNode again =
        parse(
            post("/functions/v1/push_to_odoo", keyed, "authorization", "Bearer " + serviceKey())
                .body());
    assertThat(again.path("ok").asBoolean()).isTrue();
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertThat(contacts(name)).isEqualTo(1);
  }

  @Test
  void anActionWhoseAnswerIsLostIsSentAgainUnderItsKeyAndHasOneEffect() {
    String name = unique();
    AtomicInteger swallowed = new AtomicInteger();
    toOdoo().answers(request -> !request.text().contains(name) || swallowed.getAndIncrement() > 0);
    long action = queue("res.partner.create", contact(name));
    awaitApplied(action);

    List<RelayedRequest> calls =
        toOdoo().requests(APPLY).stream().filter(call -> call.text().contains(name)).toList();
    assertThat(calls).hasSize(2);
    assertThat(calls)
        .extracting(call -> parse(call.text()).path("idempotency_key").asText())
        .containsOnly(action(action).get("idempotency_key").toString());
    assertThat(contacts(name)).isEqualTo(1);
    assertThat(parse(action(action).get("response_body").toString()).path("replayed").asBoolean())
        .isTrue();
  }

  @Test
  void sixtyWaitingActionsNeedFewerCallsAndHaveOneEffectEach() {
    List<String> names = IntStream.range(0, 60).mapToObj(n -> unique()).toList();
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args)"
                + " select 'res.partner.create', jsonb_build_object('values', jsonb_build_object('name', name))"
                + " from unnest(?::text[]) as r (name)",
            "{" + String.join(",", names) + "}");
    waiting()
        .until(
            () ->
                text("select count(*) from public.odoo_action_outbox where status = 'applied'")
                    .equals("60"));

    long calls =
        toOdoo().requests(APPLY).stream().filter(call -> call.text().contains("E2E ")).count();
    Measured.print("60 waiting actions went to Odoo in %d calls", calls);
    assertThat(calls).isLessThan(60);
    assertThat(names).allSatisfy(name -> assertThat(contacts(name)).isEqualTo(1));
  }

  private long draftInvoice(long partner) {
    return real()
        .create(
            "account.move",
            Map.of(
                "move_type",
                "out_invoice",
                "partner_id",
                partner,
                "invoice_line_ids",
                List.of(
                    List.of(0, 0, Map.of("name", "Work", "quantity", 1, "price_unit", 99.95)))));
  }
}
