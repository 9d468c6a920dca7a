package net.insightpulseai.bridge.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.net.http.HttpResponse;
import java.time.Instant;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Idempotency-Key} names an action as the field of the body does. */
class IdempotencyKeyHeaderTest extends ActionTest {

  private static final String NAME = "Idempotency-Key";
  private static final String PING = "{\"action\":\"bridge.ping\"}";
  private static final String KEYED = "{\"action\":\"bridge.ping\",\"idempotency_key\":\"k-1\"}";

  @Test
  void callsWithTheSameKeyAreOneActionWhereverItStands() {
    for (String path : new String[] {PUSH, "/bridge/apply"}) {
      post(path, PING, "apikey", serviceKey(), NAME, "k-1");
      post(path, PING, "apikey", serviceKey(), NAME, "\"k-1\"");
      post(path, KEYED, "apikey", serviceKey());
      post(path, KEYED, "apikey", serviceKey(), NAME, "k-1");
    }

    assertThat(keys()).isEqualTo("k-1");
  }

  @Test
  void differentKeysAreRefused() {
    HttpResponse<String> response = push(KEYED, NAME, "k-2");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("code").textValue()).isEqualTo("idempotency_keys_differ");
    assertThat(keys()).isNull();
  }

  @Test
  void aHeaderThatNobodySignedChangesNoSignedId() throws Exception {
    String body = "{\"action\":\"bridge.ping\",\"audience\":\"bridge.apply\"}";
    long now = Instant.now().getEpochSecond();
    String[] signed = {
      "webhook-id",
      "msg_1",
      "webhook-timestamp",
      Long.toString(now),
      "webhook-signature",
      new Webhook(BridgeTest.SECRET.getBytes(UTF_8)).sign("msg_1", now, body),
      NAME,
      "k-2"
    };

    assertThat(json(post(PUSH, body, signed)).path("code").textValue())
        .isEqualTo("idempotency_keys_differ");
    signed[7] = "msg_1";
    assertThat(post(PUSH, body, signed).statusCode()).isEqualTo(200);
    assertThat(keys()).isEqualTo("msg_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\tb"})
  void whatCannotBeAKeyIsRefused(String key) {
    assertThat(json(push(PING, NAME, key)).path("code").textValue())
        .isEqualTo("invalid_idempotency_key");
    assertThat(push(PING, NAME, "x".repeat(201)).statusCode()).isEqualTo(400);
    assertThat(push(PING, NAME, "a", NAME, "b").statusCode()).isEqualTo(400);
  }

  private String keys() {
    return jdbc()
        .queryForObject(
            "select string_agg(idempotency_key, ',') from public.odoo_action_outbox", String.class);
  }
}
