package net.insightpulseai.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * The example calls of the original contract, with its bodies to the byte and with the content type
 * that {@code curl} sends.
 */
@TestPropertySource(properties = {"bridge.odoo.simulated=true", "bridge.odoo.base-url="})
class OriginalContractTest extends BridgeTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  @Test
  void anEventIsIngested() {
    String body =
        """
        {
            "event_type": "res.partner.updated",
            "resource_id": 42,
            "payload": {"name": "Acme Corp"}
          }""";
    HttpResponse<String> answer =
        post(
            "/functions/v1/odoo_event_ingest",
            body,
            "authorization",
            "Bearer " + serviceKey(),
            "x-signature",
            sign(body));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(
            jdbc()
                .queryForMap(
                    "select source, event_type, resource_id, payload::text from public.audit_event"))
        .containsEntry("source", "odoo")
        .containsEntry("event_type", "res.partner.updated")
        .containsEntry("resource_id", "42")
        .containsEntry("payload", "{\"name\": \"Acme Corp\"}");
  }

  @Test
  void anActionIsAppliedByOdooInItsBareForm() {
    String body =
        """
        {
            "action": "account.move.post",
            "args": {"id": 1234}
          }""";
    HttpResponse<String> answer =
        post(
            "/simulated-odoo/api/agent/apply",
            body,
            "x-api-key",
            TestOdoo.TOKEN,
            "x-signature",
            sign(body));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"state\":\"posted\"");
  }

  @Test
  void aReplayedEventIsTakenAsAnEventFromElsewhere() {
    String body = "{\"event_type\": \"test.event\", \"payload\": {}}";
    HttpResponse<String> answer =
        post("/bridge/event", body, "x-signature", sign(body), "content-type", FORM);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(jdbc().queryForObject("select source from public.audit_event", String.class))
        .isEqualTo("supabase");
  }

  @Test
  void anActionIsQueuedAndAnsweredWithOdoosAnswer() {
    String body = "{\"action\": \"account.move.post\", \"args\": {\"id\": 1234}}";
    HttpResponse<String> answer =
        post("/bridge/apply", body, "x-signature", sign(body), "content-type", FORM);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"state\":\"posted\"");
  }
}
