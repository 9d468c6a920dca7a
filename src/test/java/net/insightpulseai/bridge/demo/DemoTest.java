package net.insightpulseai.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Demo mode as a whole, in an environment that holds the addresses of real systems. */
@ExtendWith(OutputCaptureExtension.class)
class DemoTest extends DemoFixture {

  @Test
  void oneEventComesInAndOneActionGoesOutAndNothingRealIsTouched(CapturedOutput output)
      throws Exception {
    try (var bridge = start()) {
      assertThat(output)
          .contains("The bridge runs in DEMO mode")
          .containsPattern("event +stored +res.partner.updated 42")
          .containsPattern("delivery +delivered +to crm, which answered 204")
          .containsPattern("delivery +delivered +to dashboard, which answered 202")
          .containsPattern("event +stored +app.order.paid 7")
          .containsPattern("delivery +delivered +to odoo, which answered 202")
          .containsPattern("Webhook: res.partner.updated, evt_\\d+, the signature is valid")
          .contains("Realtime: res.partner.updated on odoo:none:res.partner")
          .containsPattern("action +applied +res.partner.update .*, Odoo answered 200")
          .contains("To start over after that: rm -rf " + folder + "/postgres-* ")
          .doesNotContain("Started odoo-event-ingest", "Tomcat initialized", "MDC logging")
          .contains("SUPABASE_DB_URL is ignored, because demo mode uses no real systems")
          .contains("ODOO_BASE_URL is ignored, because demo mode uses no real systems")
          .contains("SUPABASE_URL is ignored, because demo mode uses no real systems");

      HttpResponse<String> health = get(bridge, "/health");
      assertThat(health.headers().firstValue("x-bridge-mode")).hasValue("demo");
      assertThat(health.body()).contains("\"mode\":\"demo\"");
      assertThat(get(bridge, "/nowhere").headers().firstValue("x-bridge-mode")).hasValue("demo");
    }
    assertThat(realOdoo.calls()).isEmpty();
    assertThat(realRealtime.calls()).isEmpty();
    assertThat(
            real.jdbc()
                .queryForObject("select to_regclass('public.audit_event') is null", Boolean.class))
        .isTrue();
  }

  @Test
  void aRestartLosesNothingAndKeepsItsSecrets(CapturedOutput output) throws Exception {
    Map<String, String> secrets;
    try (var bridge = start()) {
      secrets = DemoCredentials.in(folder).values();
      assertThat(applied(bridge)).isEqualTo(1);
    }
    try (var bridge = start()) {
      assertThat(DemoCredentials.in(folder).get("EDGE_HMAC_SECRET"))
          .isEqualTo(secrets.get("EDGE_HMAC_SECRET"));
      assertThat(applied(bridge)).isEqualTo(2);
    }
    for (String secret : secrets.keySet()) {
      if (secret.matches(".*(SECRET|KEY|TOKEN|PASSWORD)$")) {
        assertThat(output).doesNotContain(secrets.get(secret));
      }
    }
  }

  @Test
  void theServerStopsAfterEverythingThatUsesIt() {
    LastWord lastWord;
    try (var bridge = start()) {
      lastWord = bridge.getBean(LastWord.class);
    }
    assertThat(lastWord.answer).isEqualTo(1);
  }

  @Test
  void credentialsAreForTheirOwnerAlone() throws Exception {
    DemoCredentials credentials = DemoCredentials.in(folder);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials.file())))
        .isEqualTo("rw-------");
    assertThat(DemoCredentials.in(folder)).isEqualTo(credentials);
    assertThat(credentials.toString()).doesNotContain(credentials.get("EDGE_HMAC_SECRET"));
  }

  private int applied(ConfigurableApplicationContext bridge) {
    return bridge
        .getBean(JdbcTemplate.class)
        .queryForObject(
            "select count(*) from public.odoo_action_outbox where status = 'applied'",
            Integer.class);
  }
}
