package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.insightpulseai.bridge.encryption.TestEncryption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.TestPropertySource;

/** Whatever a run writes, logs or answers holds no secret: all of it is searched. */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "BRIDGE_ADMIN_PASSWORD=" + SecretsTest.PASSWORD,
      "JWT_SECRET=" + SecretsTest.JWT,
      "SUPABASE_WEBHOOK_SECRET=" + SecretsTest.WEBHOOK,
      "SUPABASE_SECRET_KEYS=" + SecretsTest.SECRET_KEY,
      "bridge.subscribers[0].name=owned",
      "bridge.subscribers[0].kind=webhook",
      "bridge.subscribers[0].url=http://127.0.0.1:9/owned",
      "bridge.subscribers[0].secret=whsec_" + SecretsTest.DECLARED,
      "bridge.subscribers[0].headers.X-Api-Key=" + SecretsTest.HEADER
    })
class SecretsTest extends BridgeTest {

  static final String PASSWORD = "admin-password-of-this-test";
  static final String JWT = "jwt-secret-of-this-test-0123456789abcdef";
  static final String WEBHOOK = "webhook-secret-of-this-test";
  static final String SECRET_KEY = "sb_secret_of-this-test";

  static final String HEADER = "header-value-of-this-test";
  private static final String OWN_HEADER = "own-header-value-of-this-test";

  static final String DECLARED = "b3duZWQtYnktdGhlLWZpbGUtMDEyMzQ1Njc4OWFiY2RlZg==";

  private static final String IMPORTED = "aW1wb3J0ZWQtZnJvbS1lbHNld2hlcmUtMDEyMzQ1Njc4OQ==";
  private static final String REFUSED = "cmVmdXNlZC1iZWNhdXNlLW9mLWl0cy1uYW1lLTAxMjM0NTY=";

  private static final String INGEST = "/functions/v1/odoo_event_ingest";
  private static final String PUSH = "/functions/v1/push_to_odoo";
  private static final String WRONG_KEY = "wrong-key-of-somebody-else";

  private static final String HOOK = "/webhooks/supabase";
  private static final String TABLE = "{\"table\":\"odoo_action_outbox\"}";

  private final List<String> seen = new ArrayList<>();
  @LocalManagementPort private int managementPort;

  @Test
  void noSecretIsInAnyAnswerRowLogLineOrProcessArgument(CapturedOutput output) throws Exception {
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
    assertThat(keep(post(HOOK, TABLE, "x-webhook-secret", WEBHOOK)).statusCode()).isEqualTo(200);
    keep(post(HOOK, TABLE, "x-webhook-secret", WEBHOOK + "x"));
    assertThat(keep(post(HOOK, TABLE, "apikey", SECRET_KEY)).statusCode()).isEqualTo(200);
    keep(post(HOOK, TABLE, "authorization", "Bearer " + JWT));
    keep(get("/bridge/actions?limit=no", "apikey", serviceKey()));
    keep(get("/bridge/refusals", "apikey", serviceKey()));
    keep(get("/bridge/actions", "apikey", serviceKey()));
    keep(get("/bridge/events", "apikey", serviceKey()));
    keep(get("/health"));
    keep(get("/no/such/route", "authorization", bearer));
    await().until(() -> count("public.odoo_action_outbox where status = 'applied'") == 1);
    List<String> generated = lookAroundSubscribers();
    lookAroundTheManagementPort();
    for (String table :
        List.of(
            "public.audit_event",
            "public.odoo_action_outbox",
            "bridge.event_key",
            "bridge.attempt",
            "bridge.dead_letter",
            "bridge.subscriber",
            "bridge.event_delivery",
            "bridge.target")) {
      for (Map<String, Object> row : jdbc().queryForList("select * from " + table)) {
        seen.add(row.toString());
      }
    }
    Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .forEach(process -> seen.add(process.info().commandLine().orElse("")));
    seen.add(output.getAll());

    assertThat(seen).hasSizeGreaterThan(45);
    assertThat(output.getAll()).contains("is a dead letter");
    assertThat(generated).hasSize(2).allMatch(secret -> secret.length() > 30);
    assertThat(seen).noneMatch(text -> generated.stream().anyMatch(text::contains));
    for (String secret :
        List.of(
            DECLARED,
            IMPORTED,
            REFUSED,
            SUBSCRIBER_SECRET.substring("whsec_".length()),
            SECRET,
            SERVICE_KEY,
            TestOdoo.TOKEN,
            database().password(),
            PASSWORD,
            JWT,
            WEBHOOK,
            TestEncryption.KEY,
            SECRET_KEY,
            HEADER,
            OWN_HEADER,
            WRONG_KEY)) {
      assertThat(seen).noneMatch(text -> text.contains(secret));
    }
  }

  private int count(String from) {
    return jdbc().queryForObject("select count(*) from " + from, Integer.class);
  }

  /** What is generated is told to its caller and is in nothing else. */
  private List<String> lookAroundSubscribers() {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, url, owner)"
                + " values ('owned', 'webhook', 'http://127.0.0.1:9/owned', 'file')");
    List<String> generated = new ArrayList<>();
    generated.add(told(subscriber("POST", "", webhook("a", "\"rate\":9"))));
    generated.add(told(subscriber("POST", "/a/rotate-secret", "")));
    keep(subscriber("POST", "", webhook("b", "\"secret\":\"whsec_" + IMPORTED + "\"")));
    keep(subscriber("POST", "", webhook("c", "\"secret\":\"env:BRIDGE_SUBSCRIBER_TEST\"")));
    String headers = "\"headers\":{\"X-Api-Key\":\"" + OWN_HEADER + "\"}";
    keep(subscriber("PATCH", "/b", "{" + headers + "}"));
    keep(subscriber("PATCH", "/c", "{\"basic_auth\":\"ann:" + OWN_HEADER + "\"}"));
    keep(subscriber("POST", "", webhook("B", headers)));
    keep(subscriber("POST", "", webhook("B", "\"secret\":\"whsec_" + REFUSED + "\"")));
    keep(subscriber("POST", "", webhook("d", "\"secret\":\"" + REFUSED + "\"")));
    keep(subscriber("POST", "", webhook("e", "\"secret\":\"" + REFUSED)));
    keep(subscriber("PATCH", "/a", "{\"secret\":\"whsec_" + REFUSED + "\"}"));
    keep(subscriber("PATCH", "/a", "{\"format\":\"thin\"}"));
    keep(subscriber("GET", "", ""));
    for (String name : List.of("a", "b", "c", "owned")) {
      keep(subscriber("GET", "/" + name, ""));
      keep(subscriber("POST", "/" + name + "/test", ""));
    }
    postSigned(INGEST, "{\"event_type\":\"res.partner.told\",\"resource_id\":1}");
    await().until(() -> count("bridge.attempt where queue = 'event-deliveries'") >= 4);
    jdbc()
        .update(
            "update bridge.event_delivery set max_attempts = 1, next_attempt_at = now()"
                + " where status = 'queued'");
    await().until(() -> count("bridge.dead_letter where queue = 'event-deliveries'") >= 4);
    return generated;
  }

  private HttpResponse<String> subscriber(String method, String path, String body) {
    return call(method, "/bridge/subscribers" + path, body.getBytes(UTF_8), "apikey", serviceKey());
  }

  private static String webhook(String name, String more) {
    return "{\"name\":\"%s\",\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:9/\",%s}"
        .formatted(name, more);
  }

  private static String told(HttpResponse<String> response) {
    Matcher secret = Pattern.compile("\"secret\":\"whsec_([^\"]+)\"").matcher(response.body());
    assertThat(secret.find()).as(response.body()).isTrue();
    return secret.group(1);
  }

  private void lookAroundTheManagementPort() throws Exception {
    for (String path : List.of("env", "configprops", "beans")) {
      assertThat(keep(manage(path, PASSWORD)).statusCode()).as(path).isEqualTo(404);
    }
    for (String path : List.of("health", "info", "prometheus")) {
      assertThat(keep(manage(path, PASSWORD)).statusCode()).as(path).isEqualTo(200);
      keep(manage(path, PASSWORD + "x"));
    }
    for (String beans :
        List.of(
            "org.apache.camel:type=routes,*",
            "org.apache.camel:type=context,*",
            "org.apache.camel:type=endpoints,*",
            "org.apache.camel:type=components,*",
            "java.lang:type=Runtime/SystemProperties,InputArguments")) {
      // Jolokia answers 200 whatever it finds; its own status is in the body.
      assertThat(keep(manage("jolokia/read/" + beans, PASSWORD)).body()).contains("\"status\":200");
      keep(manage("jolokia/read/" + beans, PASSWORD + "x"));
    }
  }

  private HttpResponse<String> manage(String path, String password) throws Exception {
    String login = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(UTF_8));
    URI address = URI.create("http://127.0.0.1:" + managementPort + "/actuator/" + path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address).header("authorization", "Basic " + login).build(),
            BodyHandlers.ofString());
  }

  private HttpResponse<String> keep(HttpResponse<String> response) {
    seen.add(response.statusCode() + " " + response.headers().map() + " " + response.body());
    return response;
  }
}
