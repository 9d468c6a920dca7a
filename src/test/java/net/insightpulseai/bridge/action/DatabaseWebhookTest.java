package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;

class DatabaseWebhookTest extends BridgeTest {

  private static final String INSERT =
      "{\"type\": \"INSERT\", \"table\": \"odoo_action_outbox\", \"record\": {\"id\": 7, \"action\": \"res.partner.update\","
          + " \"args\": {\"id\": 1}, \"status\": \"queued\"}, \"schema\": \"public\", \"old_record\": null}";

  @Test
  void theQueueOfTheTableIsWokenAndItsRecordIsNeverExecuted() {
    HttpResponse<String> response = post("/webhooks/supabase", INSERT, "apikey", serviceKey());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"ok\":true,\"woken\":\"odoo-actions\"}");
    assertThat(jdbc().queryForObject("select count(*) from public.odoo_action_outbox", Long.class))
        .isZero();
    assertThat(odoo().calls("res.partner.update")).isEmpty();
  }

  @Test
  void aTableThatFeedsNoQueueIsIgnored() {
    for (String body :
        new String[] {
          "{\"table\":\"orders\",\"schema\":\"public\"}",
          "{\"table\":\"odoo_action_outbox\",\"schema\":\"elsewhere\"}"
        }) {
      HttpResponse<String> response = postSigned("/webhooks/supabase", body);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("{\"ok\":true,\"ignored\":true}");
    }
  }

  @Test
  void whatIsNoDatabaseWebhookIsRefused() {
    for (String body : new String[] {"", "[]", "{}", "{\"table\":5}", "nonsense"}) {
      assertThat(postSigned("/webhooks/supabase", body).statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void aStrangerCannotWakeTheEngine() {
    assertThat(post("/webhooks/supabase", INSERT).statusCode()).isEqualTo(401);
    assertThat(post("/webhooks/supabase", INSERT, "x-webhook-secret", "").statusCode())
        .isEqualTo(401);
    assertThat(
            postSigned("/webhooks/supabase", "{\"table\":\"x\",\"audience\":\"bridge.ingest\"}")
                .statusCode())
        .isEqualTo(401);
  }
}
