package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.encryption.Encryption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

class CreateSubscriberTest extends SubscriberTest {

  @Autowired private SubscriberCache cache;
  @Autowired private SubscriberSecrets secrets;
  @Autowired private Encryption encryption;

  @Test
  void aNewWebhookIsShownWithItsIdAndThisOnceWithItsSecret() {
    HttpResponse<String> response =
        create(
            """
            {"name":"crm","kind":"webhook","url":"https://crm.example.com/hooks","event_types":["res.partner.*","sale.order.confirmed"],
             "sources":["odoo","supabase"],"company":7,"format":"thin","rate":50,"slots":4,"who":"ada","why":"the CRM goes live"}""");
    JsonNode made = json(201, response);
    assertThat(response.headers().firstValue("location")).contains(SUBSCRIBERS + "/1");
    assertThat(made.path("id").longValue()).isEqualTo(1);
    assertThat(made.path("secret").asText()).matches("whsec_[A-Za-z0-9+/]{43}=");
    JsonNode shown = show("crm");
    assertThat(shown.has("secret")).isFalse();
    assertThat(made.deepCopy().toString())
        .contains(shown.toString().substring(0, shown.toString().length() - 1));
    assertThat(shown.path("event_types").toString())
        .isEqualTo("[\"res.partner.*\",\"sale.order.confirmed\"]");
    assertThat(shown.path("sources").toString()).isEqualTo("[\"odoo\",\"supabase\"]");
    assertThat(shown.path("company").longValue()).isEqualTo(7);
    assertThat(shown.path("format").asText()).isEqualTo("thin");
    assertThat(shown.path("signature").asText()).isEqualTo("standard");
    assertThat(shown.path("rate").intValue()).isEqualTo(50);
    assertThat(shown.path("slots").intValue()).isEqualTo(4);
    assertThat(shown.path("owner").asText()).isEqualTo("api");
    assertThat(shown.path("state").asText()).isEqualTo("running");
    assertThat(shown.path("mode").isNull()).isTrue();
    assertThat(shown.path("secrets").toString())
        .isEqualTo("[{\"from\":\"database\",\"until\":null}]");
  }

  @Test
  void whatIsNotSaidIsAsUsual() {
    JsonNode made = created("crm");
    assertThat(made.path("event_types").toString()).isEqualTo("[\"*\"]");
    assertThat(made.path("sources").isNull()).isTrue();
    assertThat(made.path("format").asText()).isEqualTo("full");
    JsonNode realtime = json(201, create("{\"name\":\"live\",\"kind\":\"realtime\"}"));
    assertThat(realtime.path("mode").asText()).isEqualTo("rest");
    assertThat(realtime.path("topic").asText()).isEqualTo("odoo:{company}:{model}");
    assertThat(realtime.has("secret")).isFalse();
    assertThat(realtime.path("secrets")).isEmpty();
  }

  @Test
  void aGeneratedSecretIsStoredEncryptedAndSigns() {
    String secret = created("crm").path("secret").asText();
    String column =
        jdbc().queryForObject("select secrets::text from bridge.subscriber", String.class);
    assertThat(column).contains(encryption.keyId()).doesNotContain(secret);
    assertThat(live("crm")).containsExactly(secret);
  }

  @Test
  void aSecretThatTheReceiverHasIsStoredEncryptedAndNotEchoed() {
    String secret = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    HttpResponse<String> response = create(webhook("\"secret\":\"%s\"".formatted(secret)));
    assertThat(json(201, response).has("secret")).isFalse();
    assertThat(response.body()).doesNotContain(secret);
    assertThat(live("crm")).containsExactly(secret);
  }

  @Test
  void aSecretMayBeAReferenceToWhatIsNamedForSubscribers() throws Exception {
    JsonNode made = json(201, create(webhook("\"secret\":\"env:BRIDGE_SUBSCRIBER_TEST\"")));
    assertThat(made.has("secret")).isFalse();
    assertThat(made.path("secrets").toString())
        .isEqualTo("[{\"from\":\"env:BRIDGE_SUBSCRIBER_TEST\",\"until\":null}]");
    assertThat(live("crm")).containsExactly(SUBSCRIBER_SECRET);
    Path folder = Files.createDirectories(Path.of(SECRET_FOLDER).toAbsolutePath());
    Path file =
        Files.writeString(folder.resolve("bridge_subscriber_b2b"), SUBSCRIBER_SECRET + "\n");
    json(201, create(webhook("\"secret\":\"file:" + file + "\"").replace("crm", "b2b")));
    assertThat(live("b2b")).containsExactly(SUBSCRIBER_SECRET);
    Files.delete(file);
    assertThat(live("b2b")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "env:EDGE_HMAC_SECRET",
    "env:BRIDGE_SUBSCRIBER_NONE",
    "env:BRIDGE_SUBSCRIBERS_0_SECRET",
    "env:BRIDGE_ADMIN_PASSWORD",
    "env:bridge.signature.secret",
    "file:/etc/passwd",
    "file:/run/secrets/EDGE_HMAC_SECRET",
    "file:relative",
    "whsec_short",
    "a-secret-in-plain-words"
  })
  void noOtherSecretOfTheBridgeCanBeSignedWith(String reference) {
    assertRefused(
        create(webhook("\"secret\":\"" + reference + "\"")),
        400,
        "invalid_secret",
        "env:BRIDGE_SUBSCRIBER_…");
    assertThat(jdbc().queryForList("select * from bridge.subscriber")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"kind":"webhook","url":"https://a.example"}                       | invalid_name        | a-z, 0-9
          {"name":"Crm","kind":"webhook","url":"https://a.example"}          | invalid_name        | a-z, 0-9
          {"name":"42","kind":"webhook","url":"https://a.example"}           | invalid_name        | must not be a number
          {"name":7,"kind":"webhook","url":"https://a.example"}              | invalid_name        | a string
          {"name":"a"}                                                       | invalid_kind        | webhook, realtime, odoo
          {"name":"a","kind":"email"}                                        | invalid_kind        | webhook, realtime, odoo
          {"name":"a","kind":"webhook"}                                      | invalid_url         | address
          {"name":"a","kind":"realtime","url":"https://a.example"}           | invalid_url         | only a webhook
          {"name":"a","kind":"webhook","url":"ftp://a.example"}              | invalid_url         | https://
          {"name":"a","kind":"webhook","url":"https://u:p@a.example"}        | invalid_url         | user or password
          {"name":"a","kind":"webhook","url":"https://a.example/{{env:X}}"}  | invalid_url         | brace
          {"name":"a","kind":"webhook","url":"http://169.254.169.254/x"}     | invalid_url         | 169.254.169.254
          {"name":"a","kind":"webhook","url":"http://10.0.0.7/x"}            | invalid_url         | bridge.egress.allow
          {"name":"a","kind":"webhook","url":"http://[fd00::7]/x"}           | invalid_url         | bridge.egress.allow
          {"name":"a","kind":"realtime","event_types":[]}                    | invalid_event_types | res.partner.*
          {"name":"a","kind":"realtime","event_types":"*"}                   | invalid_event_types | a list
          {"name":"a","kind":"realtime","event_types":["*.created"]}         | invalid_event_types | res.partner.*
          {"name":"a","kind":"realtime","event_types":["a b"]}               | invalid_event_types | res.partner.*
          {"name":"a","kind":"realtime","event_types":[7]}                   | invalid_event_types | a list
          {"name":"a","kind":"realtime","sources":["sap"]}                   | invalid_sources     | odoo, supabase, bridge
          {"name":"a","kind":"realtime","company":0}                         | invalid_company     | from 1
          {"name":"a","kind":"realtime","company":"1"}                       | invalid_company     | number
          {"name":"a","kind":"realtime","format":"tiny"}                     | invalid_format      | full, thin
          {"name":"a","kind":"odoo","format":"thin"}                         | invalid_format      | full
          {"name":"a","kind":"realtime","signature":"standard"}              | invalid_signature   | only a webhook
          {"name":"a","kind":"odoo","mode":"rest"}                           | invalid_mode        | only a realtime
          {"name":"a","kind":"realtime","mode":"push"}                       | invalid_mode        | rest, trigger, off
          {"name":"a","kind":"realtime","mode":"trigger"}                    | invalid_mode        | realtime.send
          {"name":"a","kind":"realtime","topic":"odoo/{model}"}              | invalid_topic       | {company}
          {"name":"a","kind":"realtime","topic":"{tenant}"}                  | invalid_topic       | {company}
          {"name":"a","kind":"odoo","topic":"x"}                             | invalid_topic       | only a realtime
          {"name":"a","kind":"realtime","rate":0}                            | invalid_rate        | from 1 to 10000
          {"name":"a","kind":"realtime","rate":1.5}                          | invalid_rate        | whole number
          {"name":"a","kind":"realtime","slots":129}                         | invalid_slots       | from 1 to 128
          {"name":"a","kind":"realtime","secret":"env:BRIDGE_SUBSCRIBER_TEST"} | invalid_secret    | only a webhook
          {"name":"a","kind":"realtime","color":"red"}                      | unknown_field       | color
          {"name":"a","kind":"realtime","id":7}                              | unknown_field       | Unknown field id
          {"name":"a","kind":"realtime","who":""}                            | done                |
          []                                                                 | invalid_body        | object
          nonsense                                                           | invalid_json        | JSON
          """)
  void everyFieldIsChecked(String body, String code, String part) {
    HttpResponse<String> response = create(body);
    if (code.equals("done")) {
      json(201, response);
    } else {
      assertRefused(response, 400, code, part);
    }
  }

  @Test
  void aNameIsTakenOnceAndOdooToo() {
    created("crm");
    assertRefused(create(webhook("\"rate\":1")), 409, "name_taken", "this name");
    json(201, create("{\"name\":\"erp\",\"kind\":\"odoo\"}"));
    assertRefused(create("{\"name\":\"erp2\",\"kind\":\"odoo\"}"), 409, "odoo_taken", "one Odoo");
  }

  @Test
  void theAuditTellsWhoMadeItAndNothingThatOnlyTheSubscriberShouldKnow() {
    create(webhook("\"who\":\"ada\",\"why\":\"go-live\""));
    Map<String, Object> event = audit().get(0);
    assertThat(event)
        .containsEntry("event_type", "bridge.subscriber.created")
        .containsEntry("resource_id", "1")
        .containsEntry("by", "ada")
        .containsEntry("why", "go-live");
    assertThat(event.get("payload").toString())
        .contains("\"place\": \"https://crm.example.com\"")
        .doesNotContain("hooks", "k1", "whsec_");
  }

  @Test
  void subscribersAreForTheServiceKeyOnly() {
    created("crm");
    for (String[] one :
        new String[][] {
          {"GET", ""},
          {"POST", ""},
          {"GET", "/crm"},
          {"PATCH", "/crm"},
          {"DELETE", "/crm?who=a&why=b"},
          {"POST", "/crm/pause"},
          {"POST", "/crm/resume"},
          {"POST", "/crm/rotate-secret"},
          {"POST", "/crm/test"}
        }) {
      assertThat(call(one[0], SUBSCRIBERS + one[1], BY_ADA.getBytes()).statusCode())
          .as("%s %s", one[0], one[1])
          .isEqualTo(401);
    }
  }

  private static String webhook(String more) {
    return "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"https://crm.example.com/hooks?key=k1\",%s}"
        .formatted(more);
  }

  private List<String> live(String name) {
    cache.forget();
    long id = show(name).path("id").longValue();
    return secrets.live(java.util.Objects.requireNonNull(cache.find("subscriber:" + id)));
  }
}
