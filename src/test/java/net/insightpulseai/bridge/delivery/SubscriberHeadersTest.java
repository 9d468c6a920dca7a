package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.insightpulseai.bridge.TestSubscriber.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** Headers of a webhook's own: sent with each call, and shown to nobody. */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "BRIDGE_SUBSCRIBER_JWT=Bearer eyJ.of.supabase, with a comma",
      "BRIDGE_SUBSCRIBER_LOGIN=odoo:p\u00e4ss:word"
    })
class SubscriberHeadersTest extends WebhookTest {

  private static final String STORED = "stored-value-of-this-test";

  @Test
  void theyAreSentByTheirNamesAndNeverShown(CapturedOutput output) {
    JsonNode made =
        make(
            "\"headers\":{\"Authorization\":\"env:BRIDGE_SUBSCRIBER_JWT\",\"X-Api-Key\":\""
                + STORED
                + "\"}");

    event();
    awaitDelivery("status", "delivered");

    assertThat(only().header("Authorization")).isEqualTo("Bearer eyJ.of.supabase, with a comma");
    assertThat(only().header("X-Api-Key")).isEqualTo(STORED);
    assertThat(made.path("headers").toString())
        .isEqualTo(
            "[{\"name\":\"Authorization\",\"from\":\"env:BRIDGE_SUBSCRIBER_JWT\"},"
                + "{\"name\":\"X-Api-Key\",\"from\":\"database\"}]");
    String rows =
        text("select string_agg(s::text, '') from bridge.subscriber s")
            + text("select string_agg(e::text, '') from public.audit_event e");
    assertThat(List.of(made.toString(), rows, output.getAll()))
        .noneMatch(text -> text.contains(STORED) || text.contains("eyJ.of.supabase"));
  }

  @Test
  void aValueThatIsCopiedFromAnotherHeaderIsNotSent() {
    make("\"headers\":{\"X-Api-Key\":\"one\",\"X-Tenant\":\"seven\"}");
    jdbc()
        .update(
            "update bridge.subscriber"
                + " set headers = jsonb_set(headers, '{X-Tenant}', headers -> 'X-Api-Key')");

    assertThat(json(200, act("crm", "test", "")).toString())
        .contains("the header X-Tenant cannot be used", "copied from another row or field");
    assertThat(subscriber().calls()).isEmpty();
  }

  @Test
  void aUserAndAPasswordAreBasicAuthentication() {
    make("\"basic_auth\":\"env:BRIDGE_SUBSCRIBER_LOGIN\"");

    json(200, act("crm", "test", ""));

    assertThat(only().header("Authorization")).isEqualTo("Basic b2Rvbzpww6Rzczp3b3Jk");
  }

  @Test
  void aChangeNamesWhatChangesAndKeepsTheRest() {
    make("\"headers\":{\"X-Api-Key\":\"one\",\"X-Tenant\":\"seven\"}");

    JsonNode changed =
        json(200, change("crm", "{\"headers\":{\"x-api-key\":\"two\",\"X-Other\":\"three\"}}"));
    json(200, act("crm", "test", ""));
    json(200, change("crm", "{\"headers\":{\"X-Tenant\":null},\"basic_auth\":\"a:b\"}"));
    json(200, act("crm", "test", ""));
    json(200, change("crm", "{\"headers\":null}"));
    json(200, act("crm", "test", ""));

    assertThat(changed.path("headers")).hasSize(3);
    List<Call> calls = subscriber().calls();
    assertThat(sent(calls.get(0))).containsExactly("two", "seven", "three", null);
    assertThat(sent(calls.get(1))).containsExactly("two", null, "three", "Basic YTpi");
    assertThat(sent(calls.get(2))).containsExactly(null, null, null, "Basic YTpi");
    assertThat(text("select payload ->> 'fields' from public.audit_event order by id desc limit 1"))
        .isEqualTo("[\"headers\"]");
  }

  @Test
  void withoutItsValueASubscriberIsPausedAndNothingIsLost() {
    make("\"headers\":{\"X-Api-Key\":\"env:BRIDGE_SUBSCRIBER_JWT\"}");
    jdbc()
        .update(
            "update bridge.subscriber set headers = '{\"X-Api-Key\": {\"ref\": \"env:BRIDGE_SUBSCRIBER_NONE\"}}'");

    event();
    awaitState("subscriber:1", "paused");

    awaitDelivery("status", "queued");
    assertThat(show("crm").path("reason").asText()).startsWith("the header X-Api-Key has no value");
    assertThat(subscriber().calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"headers\":{\"Host\":\"x\"}                                   | must not have Host",
        "\"headers\":{\"connection\":\"x\"}                             | must not have connection",
        "\"headers\":{\"Webhook-Id\":\"x\"}                             | must not have Webhook-Id",
        "\"headers\":{\"X-Signature\":\"x\"}                            | must not have X-Signature",
        "\"headers\":{\"CamelHttpUri\":\"http://10.0.0.1/\"}            | must not have CamelHttpUri",
        "\"headers\":{\"Proxy-Authorization\":\"x\"}                    | must not have Proxy-Authorization",
        "\"headers\":{\"X Y\":\"x\"}                                    | names of letters",
        "\"headers\":{\"X-A\":\"x\",\"x-a\":\"y\"}                      | twice",
        "\"headers\":{\"X-A\":\"a\\nb\"}                                | X-A is no usable value",
        "\"headers\":{\"X-A\":\"\"}                                     | X-A is no usable value",
        "\"headers\":{\"X-A\":5}                                        | X-A is no usable value",
        "\"headers\":{\"X-A\":\"env:PATH\"}                             | X-A refers to no usable value",
        "\"headers\":{\"X-A\":\"file:/etc/passwd\"}                     | X-A refers to no usable value",
        "\"headers\":[\"X-A\"]                                          | an object",
        "\"headers\":{\"Authorization\":\"x\"},\"basic_auth\":\"a:b\"   | must be left out",
        "\"basic_auth\":\"nobody\"                                      | user and password"
      })
  void whatMayNotBeSentIsRefused(String fields, String why) {
    assertThat(json(400, create(body(fields))).path("message").asText()).contains(why);
  }

  @Test
  void tenAreTheMostAndOnlyAWebhookHasSome() {
    StringBuilder eleven = new StringBuilder("\"headers\":{");
    for (int i = 0; i < 11; i++) {
      eleven.append(i == 0 ? "" : ",").append("\"X-").append(i).append("\":\"v\"");
    }
    assertRefused(create(body(eleven + "}")), 400, "invalid_headers", "at most 10");
    assertRefused(
        create("{\"name\":\"live\",\"kind\":\"realtime\",\"headers\":{\"X-A\":\"v\"}}"),
        400,
        "invalid_headers",
        "only a webhook");
  }

  private static String[] sent(Call call) {
    return new String[] {
      call.header("X-Api-Key"),
      call.header("X-Tenant"),
      call.header("X-Other"),
      call.header("Authorization")
    };
  }

  private JsonNode make(String fields) {
    return json(201, create(body(fields)));
  }

  private String body(String fields) {
    return "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"%s/hook\",\"event_types\":[\"res.partner.*\"],%s}"
        .formatted(subscriber().url(), fields);
  }
}
