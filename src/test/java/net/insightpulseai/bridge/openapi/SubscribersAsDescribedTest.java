package net.insightpulseai.bridge.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.Locale;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscribersAsDescribedTest extends BridgeTest {

  private static final String ALL = "/bridge/subscribers";
  private static final String ONE = "/bridge/subscribers/{id}";
  private static final String WEBHOOK =
      "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"https://crm.example.com/hooks\"}";
  private static final String WHO = "{\"who\":\"ada\",\"why\":\"a test\"}";

  private OpenApi api;

  @BeforeEach
  void read() {
    api = new OpenApi(get("/bridge/openapi.yaml").body());
  }

  @Test
  void makingAndLookingAnswerAsDescribed() {
    check("post", ALL, ALL, WEBHOOK);
    check("post", ALL, ALL, WEBHOOK);
    check("post", ALL, ALL, "{\"name\":\"live\",\"kind\":\"realtime\",\"topic\":\"odoo:{model}\"}");
    check("post", ALL, ALL, "{\"name\":\"erp\",\"kind\":\"odoo\",\"sources\":[\"supabase\"]}");
    check("post", ALL, ALL, "{\"kind\":\"email\"}");
    check("get", ALL, ALL, "");
    check("get", ONE, ALL + "/crm", "");
    check("get", ONE, ALL + "/2", "");
    check("get", ONE, ALL + "/99", "");
    jdbc()
        .update(
            "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id,"
                + " idempotency_key, status, attempts, last_error, response_status, delivered_at, replay_id)"
                + " select 'subscriber:' || (1 + n % 2), n, now(), gen_random_uuid(), 'evt', s, n, 'HTTP 500',"
                + " 500, now(), 7 from unnest(array['queued', 'sent', 'delivered', 'error']) with ordinality as one(s, n)");
    check("get", ONE + "/deliveries", ALL + "/crm/deliveries", "");
    check("get", ONE + "/deliveries", ALL + "/2/deliveries", "");
    check("get", ONE + "/deliveries", ALL + "/99/deliveries", "");
    check("patch", ONE, ALL + "/crm", "{\"rate\":7,\"event_types\":null}");
    check("patch", ONE, ALL + "/crm", "{\"rate\":0}");
    check("patch", ONE, ALL + "/99", "{}");
    api.accepts("get", ALL, get(ALL));
  }

  @Test
  void actsAnswerAsDescribed() {
    check("post", ALL, ALL, WEBHOOK);
    for (String act : new String[] {"pause", "resume"}) {
      check("post", ONE + "/" + act, ALL + "/crm/" + act, WHO);
      check("post", ONE + "/" + act, ALL + "/crm/" + act, "");
      check("post", ONE + "/" + act, ALL + "/99/" + act, WHO);
    }
    String rotate = "/rotate-secret";
    check("post", ONE + rotate, ALL + "/crm" + rotate, "");
    check("post", ONE + rotate, ALL + "/crm" + rotate, "{\"overlap\":\"soon\"}");
    check("post", ONE + rotate, ALL + "/99" + rotate, "");
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, mode, topic) values ('lake', 'kafka', 'stream', 'odoo.events')");
    String move = "/position";
    check("post", ONE + move, ALL + "/lake" + move, "{\"from\":700," + WHO.substring(1));
    check("post", ONE + move, ALL + "/lake" + move, "{\"from\":0," + WHO.substring(1));
    check("post", ONE + move, ALL + "/crm" + move, "{\"from\":\"now\"," + WHO.substring(1));
    check("post", ONE + move, ALL + "/99" + move, "{\"from\":\"beginning\"," + WHO.substring(1));
    check("post", ONE + "/test", ALL + "/crm/test", "");
    check("post", ONE + "/test", ALL + "/99/test", "");
    check("delete", ONE, ALL + "/crm", "");
    check("delete", ONE, ALL + "/crm?who=ada&why=x", "");
    check("delete", ONE, ALL + "/crm?who=ada&why=x", "");
  }

  @Test
  void fetchingAnswersAsDescribed() throws Exception {
    check(
        "post",
        ALL,
        ALL,
        "{\"name\":\"ci\",\"kind\":\"pull\",\"filter\":\"$.payload.total > 1\",\"fields\":[\"total\"]}");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload) values ('odoo', 'a.b', '{\"total\": 2}')");
    HttpResponse<String> pulled = get(ALL + "/ci/events", "apikey", serviceKey());
    api.accepts("get", ONE + "/events", pulled);
    String position = new ObjectMapper().readTree(pulled.body()).path("position").asText();
    check("get", ONE + "/events", ALL + "/ci/events?wait=x", "");
    check("get", ONE + "/events", ALL + "/99/events", "");
    check("post", ONE + "/ack", ALL + "/ci/ack", "{\"position\":\"" + position + "\"}");
    check("post", ONE + "/ack", ALL + "/ci/ack", "{}");
    check("post", ONE + "/ack", ALL + "/99/ack", "{}");
    for (String from : new String[] {"1", "\"now\"", "true"}) {
      check(
          "post",
          ONE + "/position",
          ALL + "/ci/position",
          "{\"from\":" + from + ",\"who\":\"ada\",\"why\":\"x\"}");
    }
    check("post", ONE + "/position", ALL + "/99/position", WHO);
    check("post", ONE + "/test", ALL + "/ci/test", "");
    check("get", ONE, ALL + "/ci", "");
    check("patch", ONE, ALL + "/ci", "{\"filter\":null,\"fields\":null}");
    check("post", ONE + "/rotate-secret", ALL + "/ci/rotate-secret", "");
  }

  @Test
  void aPauseThatCostsMessagesAnswersAsDescribed() {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, mode) values ('live', 'realtime', 'trigger')");
    check("post", ONE + "/pause", ALL + "/live/pause", WHO);
    assertThat(call("GET", ALL + "/live", new byte[0], "apikey", serviceKey()).body())
        .contains("\"note\":");
    check("get", ONE, ALL + "/live", "");
  }

  @Test
  void aSecretInALookUpWouldNotBeAsDescribed() {
    check("post", ALL, ALL, WEBHOOK);
    HttpResponse<String> rotated =
        call("POST", ALL + "/crm/rotate-secret", new byte[0], "apikey", serviceKey());
    api.accepts("post", ONE + "/rotate-secret", rotated);
    assertThatThrownBy(() -> api.accepts("post", ONE + "/pause", rotated))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("secret");
  }

  private void check(String method, String path, String at, String body) {
    api.accepts(
        method,
        path,
        call(method.toUpperCase(Locale.ROOT), at, body.getBytes(UTF_8), "apikey", serviceKey()));
  }
}
