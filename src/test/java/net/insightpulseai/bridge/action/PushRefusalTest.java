package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushRefusalTest extends ActionTest {

  private static final String PING = "{\"action\":\"bridge.ping\"}";

  @AfterEach
  void nothingIsQueued() {
    assertThat(jdbc().queryForObject("select count(*) from public.odoo_action_outbox", Long.class))
        .isZero();
  }

  @Test
  void aMissingActionIsAnsweredAsTheOriginalDid() {
    for (String body : new String[] {"{}", "{\"action\":null}", "{\"action\":\"\"}"}) {
      HttpResponse<String> response = push(body);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(json(response).path("message").textValue()).isEqualTo("Missing action");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"action\":5}|action",
        "{\"action\":\"x.y\",\"args\":[1]}|args",
        "{\"action\":\"x.y\",\"correlation_id\":\"1-1-1-1-1\"}|correlation_id",
        "{\"action\":\"x.y\",\"idempotency_key\":7}|idempotency_key",
        "{\"action\":\"x.y\",\"not_after\":\"tomorrow\"}|not_after",
        "{\"action\":\"x.y\",\"not_after\":\"2026-01-01T00:00:00\"}|not_after",
        "{\"action\":\"x.y\",\"max_attempts\":0}|max_attempts",
        "{\"action\":\"x.y\",\"max_attempts\":1.5}|max_attempts",
        "{\"action\":\"x.y\",\"hop\":-1}|hop",
        "{\"action\":\"x.y\",\"wait\":\"1s\"}|wait",
        "{\"action\":\"x.y\",\"wait\":-1}|wait",
        "{\"action\":\"x\\u0000y\"}|action",
      })
  void aFieldThatIsNotUnderstoodIsNamed(String body, String field) {
    HttpResponse<String> response = post("/bridge/apply", body, "apikey", serviceKey());
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("message").textValue()).startsWith(field);
  }

  @ParameterizedTest
  @CsvSource({
    "idempotencykey, idempotency_key",
    "idempotencyKey, idempotency_key",
    "orderingkey, ordering_key",
    "arg, args",
    "not-after, not_after"
  })
  void aSlipInTheNameOfAFieldIsNotPassedOnInSilence(String field, String meant) {
    HttpResponse<String> response = push("{\"action\":\"x.y\",\"%s\":null}".formatted(field));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("code").textValue()).isEqualTo("unknown_field");
    assertThat(json(response).path("message").textValue())
        .isEqualTo("Unknown field %s; did you mean %s?".formatted(field, meant));
  }

  @Test
  void whatIsNoJsonObjectIsRefused() {
    for (String body : new String[] {"", "null", "[]", "5", "{", "{} {}"}) {
      assertThat(push(body).statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void whatPostgresCannotStoreIsTheCallersFault() {
    assertThat(push("{\"action\":\"x.y\",\"args\":{\"a\":\"\\u0000\"}}").statusCode())
        .isEqualTo(400);
    assertThat(push("{\"action\":\"x.y\",\"args\":{\"a\":1e999999}}").statusCode()).isEqualTo(400);
    assertThat(push("{\"action\":\"x.y\",\"args\":{\"a\":\"\\ud800\"}}").statusCode())
        .isEqualTo(400);
    assertThat(push("{\"action\":\"x.\\ud800\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void theBridgesOwnActionsCannotBeAskedFor() {
    assertThat(push("{\"action\":\"bridge.reset\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void aBodyForAnotherEndpointIsRefusedAlthoughItsSignatureIsRight() {
    assertThat(postSigned(PUSH, "{\"action\":\"x.y\",\"audience\":\"odoo.apply\"}").statusCode())
        .isEqualTo(401);
  }

  @Test
  void whoShowsNoKeyGetsTheGatewaysRefusal() {
    HttpResponse<String> response = post(PUSH, PING);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("sb-error-code"))
        .contains("UNAUTHORIZED_NO_AUTH_HEADER");
    assertThat(json(response).path("message").textValue())
        .isEqualTo("Missing authorization header");
    assertThat(json(response).path("msg").textValue()).isEqualTo("Missing authorization header");
  }

  @Test
  void aWrongKeyOrSignatureIsRefused() {
    assertThat(post(PUSH, PING, "apikey", "wrong").statusCode()).isIn(401, 403);
    assertThat(post(PUSH, PING, "x-signature", sign("other")).statusCode()).isEqualTo(401);
  }

  @Test
  void outsideDemoModeApplyIsSignedOrHasTheKey() {
    assertThat(post("/bridge/apply", PING).statusCode()).isEqualTo(401);
  }

  @Test
  void onlyPostIsTaken() {
    assertThat(get(PUSH).statusCode()).isEqualTo(405);
  }
}
