package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionsTest extends LookUpTest {

  @Test
  void anActionIsShownWithItsArgsAsTheyAre() {
    long id = insertHeldAction("res.partner.update", "{\"id\": 9007199254740993, \"rate\": 1.10}");
    HttpResponse<String> response = ask("/bridge/actions/" + id);
    assertThat(response.body()).contains("9007199254740993", "1.10");
    JsonNode action = json(response);
    assertThat(action.path("status").textValue()).isEqualTo("queued");
    assertThat(action.path("held").booleanValue()).isTrue();
    assertThat(action.path("next_attempt_at").isNull()).isTrue();
    assertThat(action.path("ordering_key").textValue()).isEqualTo("res.partner:9007199254740993");
    assertThat(action.has("lease_token")).isFalse();
  }

  @Test
  void anUnknownActionIs404AndABadIdIs400() {
    HttpResponse<String> unknown = ask("/bridge/actions/4711");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(json(unknown).path("code").textValue()).isEqualTo("not_found");
    assertThat(ask("/bridge/actions/abc").statusCode()).isEqualTo(400);
    assertThat(ask("/bridge/actions/99999999999999999999").statusCode()).isEqualTo(400);
  }

  @Test
  void theIdInThePathCannotBeOverruled() {
    long id = insertHeldAction("x.first", "{}");
    insertHeldAction("x.second", "{}");
    HttpResponse<String> response = ask("/bridge/actions/" + id + "?id=2", "id", "2");
    assertThat(json(response).path("action").textValue()).isEqualTo("x.first");
  }

  @Test
  void actionsAreFilteredAndPaged() {
    insertHeldAction("res.partner.update", "{\"id\": 42}");
    insertHeldAction("res.partner.create", "{}");
    insertHeldAction("account.move.post", "{\"id\": 42}");
    jdbc().update("update public.odoo_action_outbox set status = 'error' where id = 2");
    assertThat(found("status=queued")).containsExactly(3L, 1L);
    assertThat(found("status=error")).containsExactly(2L);
    assertThat(found("action=res.partner.*")).containsExactly(2L, 1L);
    assertThat(found("action=account.move.post")).containsExactly(3L);
    assertThat(found("record=res.partner:42")).containsExactly(1L);
    assertThat(found("target=odoo&limit=2")).containsExactly(3L, 2L);
    assertThat(found("after=1")).containsExactly(2L, 3L);
    assertThat(ask("/bridge/actions?status=done").statusCode()).isEqualTo(400);
    assertThat(ask("/bridge/actions?source=odoo").statusCode()).isEqualTo(400);
  }

  private List<Long> found(String query) {
    return ids(askJson("/bridge/actions?" + query).path("actions"));
  }

  @Test
  void aQueuedActionCanBeCancelledAndTheAuditSaysSo() {
    long id = insertHeldAction("res.partner.update", "{\"id\": 42}");
    HttpResponse<String> response = cancel(id, "{\"by\":\"ada\"}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    Map<String, Object> row =
        jdbc()
            .queryForMap(
                "select status, last_error, correlation_id from public.odoo_action_outbox");
    assertThat(row)
        .containsEntry("status", "error")
        .containsEntry("last_error", "cancelled by ada");
    assertThat(jdbc().queryForMap("select * from public.audit_event"))
        .containsEntry("source", "bridge")
        .containsEntry("event_type", "bridge.action.cancelled")
        .containsEntry("resource_id", Long.toString(id))
        .containsEntry("correlation_id", row.get("correlation_id"));
  }

  @Test
  void whatIsNotQueuedCannotBeCancelled() {
    long id = insertHeldAction("x.y", "{}");
    for (String status : List.of("sent", "applied", "error")) {
      jdbc().update("update public.odoo_action_outbox set status = ?", status);
      HttpResponse<String> response = cancel(id, "");
      assertThat(response.statusCode()).isEqualTo(409);
      assertThat(json(response).path("message").textValue()).contains(status);
    }
    assertThat(jdbc().queryForObject("select count(*) from public.audit_event", Long.class))
        .isZero();
    assertThat(cancel(4711, "").statusCode()).isEqualTo(404);
  }

  @Test
  void cancellingNeedsServiceAccess() {
    long id = insertHeldAction("x.y", "{}");
    assertThat(post("/bridge/actions/" + id + "/cancel", "").statusCode()).isEqualTo(401);
    assertThat(postSigned("/bridge/actions/" + id + "/cancel", "{}").statusCode()).isEqualTo(401);
    assertThat(askJson("/bridge/actions/" + id).path("status").textValue()).isEqualTo("queued");
  }

  @Test
  void whoCancelsIsANameAndNothingElse() {
    long id = insertHeldAction("x.y", "{}");
    assertThat(cancel(id, "{\"by\":42}").statusCode()).isEqualTo(400);
    assertThat(cancel(id, "{\"by\":\"\"}").statusCode()).isEqualTo(400);
    assertThat(cancel(id, "nonsense").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> cancel(long id, String body) {
    return post("/bridge/actions/" + id + "/cancel", body, "apikey", serviceKey());
  }
}
