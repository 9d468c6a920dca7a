package net.insightpulseai.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whatever a run writes, logs or answers holds no secret: all of it is searched. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest extends BridgeTest {

  private static final String INGEST = "/functions/v1/odoo_event_ingest";
  private static final String PUSH = "/functions/v1/push_to_odoo";
  private static final String WRONG_KEY = "wrong-key-of-somebody-else";

  private final List<String> seen = new ArrayList<>();

  @Test
  void noSecretIsInAnyAnswerRowLogLineOrProcessArgument(CapturedOutput output) {
    String event =
        "{\"event_type\":\"res.partner.updated\",\"resource_id\":42,\"event_id\":\"s1\"}";
    String bearer = "Bearer " + serviceKey();
    odoo()
        .answer(
            call ->
                switch (call.action()) {
                  case "x.refused" -> TestOdoo.Answer.error(422, "unknown_action");
                  case "x.broken" -> TestOdoo.Answer.error(500, "internal");
                  default -> TestOdoo.applied(call);
                });
    keep(postSigned(INGEST, event));
    keep(postSigned(INGEST, event.replace("42", "43")));
    keep(postSigned(INGEST, "not json"));
    keep(post(INGEST, event, "x-signature", SECRET));
    keep(post(INGEST, event, "x-signature", "0".repeat(64), "authorization", bearer));
    keep(
        post(
            INGEST,
            event,
            "webhook-id",
            SECRET,
            "webhook-timestamp",
            "1",
            "webhook-signature",
            "v1," + SECRET));
    keep(post(PUSH, "{\"action\":\"x.applied\"}", "authorization", bearer));
    keep(post(PUSH, "{\"action\":\"x.refused\"}", "apikey", serviceKey()));
    keep(post(PUSH, "{\"action\":\"x.broken\",\"wait\":1}", "authorization", bearer));
    keep(post(PUSH, "{\"action\":\"x.applied\"}", "authorization", "Bearer " + WRONG_KEY));
    keep(post(PUSH, "{\"action\":\"x.applied\"}", "apikey", WRONG_KEY));
    keep(get("/bridge/actions?limit=no", "apikey", serviceKey()));
    keep(get("/bridge/refusals", "apikey", serviceKey()));
    keep(get("/bridge/actions", "apikey", serviceKey()));
    keep(get("/bridge/events", "apikey", serviceKey()));
    keep(get("/health"));
    keep(get("/no/such/route", "authorization", bearer));
    await().until(() -> count("public.odoo_action_outbox where status = 'applied'") == 1);
    for (String table :
        List.of(
            "public.audit_event",
            "public.odoo_action_outbox",
            "bridge.event_key",
            "bridge.attempt",
            "bridge.dead_letter",
            "bridge.target")) {
      for (Map<String, Object> row : jdbc().queryForList("select * from " + table)) {
        seen.add(row.toString());
      }
    }
    ProcessHandle.current()
        .descendants()
        .forEach(process -> seen.add(process.info().commandLine().orElse("")));
    seen.add(output.getAll());

    assertThat(seen).hasSizeGreaterThan(25);
    assertThat(output.getAll()).contains("is a dead letter");
    for (String secret :
        List.of(SECRET, SERVICE_KEY, TestOdoo.TOKEN, database().password(), WRONG_KEY)) {
      assertThat(seen).noneMatch(text -> text.contains(secret));
    }
  }

  private int count(String from) {
    return jdbc().queryForObject("select count(*) from " + from, Integer.class);
  }

  private void keep(HttpResponse<String> response) {
    seen.add(response.statusCode() + " " + response.headers().map() + " " + response.body());
  }
}
