package net.insightpulseai.bridge.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.insightpulseai.bridge.BridgeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Every setting with a wrong value, through the shipped application.yaml. */
class WrongSettingsTest {

  @Configuration(proxyBeanMethods = false)
  @ConfigurationPropertiesScan(basePackageClasses = BridgeApplication.class)
  @Import(StartChecks.class)
  static class OnlySettings {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bridge.outbox.slots=many              | bridge.outbox.slots: found 'many', expected a number
          bridge.outbox.slots=0                 | bridge.outbox.slots: found '0', expected
          bridge.outbox.poll-interval=soon      | bridge.outbox.poll-interval: found 'soon', expected a duration such as 30s or 5m
          bridge.outbox.listen=perhaps          | bridge.outbox.listen: found 'perhaps', expected true or false
          bridge.outbox.poll-interval=0s        | bridge.outbox.poll-interval: found '0s', expected a value
          bridge.outbox.slots-per-target=few    | bridge.outbox.slots-per-target: found 'few', expected a number
          bridge.outbox.slots-per-target=0      | bridge.outbox.slots-per-target: found '0', expected a value
          bridge.outbox.wait=soon               | bridge.outbox.wait: found 'soon', expected a duration
          bridge.outbox.wait=51s                | bridge.outbox.wait: found '51s', expected a duration from 0s to 50s
          bridge.outbox.wait=-1s                | bridge.outbox.wait: found '-1s', expected a duration from 0s to 50s
          bridge.outbox.waiters=some            | bridge.outbox.waiters: found 'some', expected a number
          bridge.outbox.waiters=-1              | bridge.outbox.waiters: found '-1', expected a value
          bridge.outbox.waiters=129             | bridge.outbox.waiters: found '129', expected a value
          bridge.database.pool-size=1           | bridge.database.pool-size: found 1, expected a number from 4 to 200
          bridge.database.migrate=always        | bridge.database.migrate: found 'always', expected one of auto, validate, off
          bridge.database.authenticated-read=x  | bridge.database.authenticated-read: found 'x', expected one of none, metadata, all
          bridge.ingest.max-body=big            | bridge.ingest.max-body: found 'big', expected a size such as 1MB
          bridge.ingest.max-requests=all        | bridge.ingest.max-requests: found 'all', expected a number
          bridge.ingest.max-requests=0          | bridge.ingest.max-requests: found 0, expected a number from 1 to 10000
          bridge.ingest.max-requests=2147483647 | bridge.ingest.max-requests: found 2147483647, expected a number from 1 to 10000
          bridge.ingest.max-bytes=much          | bridge.ingest.max-bytes: found 'much', expected a size
          bridge.ingest.max-bytes=1KB           | bridge.ingest.max-bytes is
          bridge.ingest.max-bytes=3GB           | bridge.ingest.max-bytes is
          bridge.ingest.writers=0               | bridge.ingest.writers
          bridge.http.head-timeout=0s           | bridge.http.head-timeout: found '0s', expected a duration from 1s to 10m
          bridge.http.body-timeout=soon         | bridge.http.body-timeout: found 'soon', expected a duration
          bridge.http.idle-timeout=1d           | bridge.http.idle-timeout: found '1d', expected a duration from 1s to 10m
          bridge.http.write-timeout=-1s         | bridge.http.write-timeout: found '-1s', expected a duration from 1s to 10m
          bridge.http.max-connections=0         | bridge.http.max-connections: found 0, expected a number from 1 to 100000
          bridge.signature.tolerance=-5m        | bridge.signature.tolerance is -5m; expected a positive duration
          bridge.signature.secret=0123456789abcde | bridge.signature.secret (EDGE_HMAC_SECRET): found 15 characters, expected at least 16
          bridge.signature.inbound-secrets=0123456789abcdef,x | bridge.signature.inbound-secrets (BRIDGE_INBOUND_SECRETS): found 1 characters
          bridge.signature.outbound-secret=x    | bridge.signature.outbound-secret (BRIDGE_OUTBOUND_SECRET): found 1 characters
          bridge.supabase.service-role-key=x    | bridge.supabase.service-role-key (SUPABASE_SERVICE_ROLE_KEY): found 1 characters
          bridge.supabase.secret-keys=x         | bridge.supabase.secret-keys (SUPABASE_SECRET_KEYS): found 1 characters
          bridge.supabase.webhook-secret=x      | bridge.supabase.webhook-secret (SUPABASE_WEBHOOK_SECRET): found 1 characters
          bridge.odoo.api-token=x               | bridge.odoo.api-token (ODOO_API_TOKEN): found 1 characters
          bridge.admin.password=x               | bridge.admin.password (BRIDGE_ADMIN_PASSWORD): found 1 characters
          SUPABASE_URL=http://supabase_kong_app:8000 | bridge.supabase.url (SUPABASE_URL): found http:// for supabase_kong_app, which is not this machine, expected https://; if the network between is private, name the host in bridge.plaintext-hosts
          bridge.routes.reload=sometimes        | bridge.routes.reload: found 'sometimes', expected one of off, check, apply
          bridge.routes.on-refusal=never        | bridge.routes.on-refusal: found 'never', expected one of fail, last-good
          bridge.routes.keep-versions=0         | bridge.routes.keep-versions
          bridge.shutdown.limit=500ms           | bridge.shutdown.limit: found '500ms', expected a duration from 1s to 10m
          bridge.retention.audit=forever        | bridge.retention.audit: found 'forever', expected a duration
          bridge.retention.finished=never       | bridge.retention.finished: found 'never', expected a duration
          bridge.retention.finished=59m         | bridge.retention.finished: found '59m', expected a value
          bridge.retention.event-keys=30 days   | bridge.retention.event-keys: found '30 days', expected a duration
          bridge.retention.event-keys=0s        | bridge.retention.event-keys: found '0s', expected a value
          bridge.retention.interval=daily       | bridge.retention.interval: found 'daily', expected a duration
          bridge.retention.interval=0s          | bridge.retention.interval: found '0s', expected a value
          bridge.retention.partition-rows=many  | bridge.retention.partition-rows: found 'many', expected a number
          bridge.retention.partition-rows=99999 | bridge.retention.partition-rows: found '99999', expected a value
          bridge.retention.archive-to=/dev/null | bridge.retention.archive-to (BRIDGE_ARCHIVE_TO): found /dev/null, expected a folder
          bridge.retention.archive-to=s3:///x   | bridge.retention.archive-to (BRIDGE_ARCHIVE_TO): found s3:///x, expected a folder that exists and that the bridge may write to, or s3://bucket/prefix
          AWS_ENDPOINT_URL_S3=ftp://s3.example  | bridge.archive.endpoint (AWS_ENDPOINT_URL_S3): found another kind of address
          AWS_REGION=eu/1                       | bridge.archive.region (AWS_REGION): found eu/1, expected the name of a region
          BRIDGE_ARCHIVE_ACCESS_KEY_ID=x        | bridge.archive.access-key-id and bridge.archive.secret-access-key: found one of them, expected both
          bridge.archive.access-key=x        | bridge.archive.access-key
          BRIDGE_ENCRYPTION_KEY=hidden          | bridge.encryption-key (BRIDGE_ENCRYPTION_KEY): found an invalid key (1 of 1
          bridge.subscribers[0].kind=email      | bridge.subscribers[0].kind: found 'email', expected one of webhook, realtime, odoo
          bridge.subscribers[0].rate=fast       | bridge.subscribers[0].rate: found 'fast', expected a number
          bridge.subscribers[0].kind=odoo       | bridge.subscribers, the entry without a name: name must be 1 to 63
          bridge.subscribers[0].name=Crm        | bridge.subscribers, the entry Crm: name must be 1 to 63
          bridge.subscribers[0].name=crm        | bridge.subscribers, the entry crm: kind must be one of webhook, realtime, odoo
          bridge.admin.user=                    | bridge.admin.user: found '', expected
          JWT_SECRET=hidden-short               | bridge.supabase.jwt-secret (JWT_SECRET) has 12 bytes; expected at least 32
          bridge.supabase.verify-jwt=true       | bridge.supabase.verify-jwt is true, but nothing can verify a token
          ODOO_BASE_URL=erp.example.com         | bridge.odoo.base-url (ODOO_BASE_URL): found
          ODOO_BASE_URL=https://erp.example.com | bridge.odoo.api-token (ODOO_API_TOKEN) is empty
          bridge.odoo.response-timeout=0s       | bridge.odoo.response-timeout must be positive, for example 75s; found 0s
          bridge.odoo.retry-schedule=1m,10s     | bridge.odoo.retry-schedule: delays must be positive and must not decrease; found 10s after 1m
          bridge.delivery.retry-schedule=0s     | bridge.delivery.retry-schedule: delays must be positive
          bridge.realtime.retry-schedule=5s,1s  | bridge.realtime.retry-schedule: delays must be positive and must not decrease; found 1s after 5s
          bridge.heartbeat.every=10s            | bridge.heartbeat.every must be from 30s to 1d, or 0s for no heartbeat
          bridge.incidents.every=0s             | bridge.incidents.every: found '0s', expected a value
          bridge.incidents.console=8788         | bridge.incidents.console (BRIDGE_CONSOLE_URL): found
          bridge.incidents.disk=-1GB            | bridge.incidents.disk must be the size of the database's disk, such as 8GB
          bridge.odoo.retry-schedule=later      | bridge.odoo.retry-schedule
          EDGE_HMAC_SECRET=                     | bridge.signature.secret (EDGE_HMAC_SECRET): found nothing, expected the secret
          bridge.egress.allow=10.0.0.0/33       | bridge.egress.allow (BRIDGE_EGRESS_ALLOW): found '10.0.0.0/33', expected ranges in CIDR notation
          bridge.egress.allow=10.1/16           | bridge.egress.allow (BRIDGE_EGRESS_ALLOW): found '10.1/16', expected
          bridge.egress.allow=erp.example.com   | bridge.egress.allow (BRIDGE_EGRESS_ALLOW): found 'erp.example.com', expected
          bridge.egress.allow=::1,fd00::/129    | bridge.egress.allow (BRIDGE_EGRESS_ALLOW): found 'fd00::/129', expected
          bridge.egress.allow=:::/8             | bridge.egress.allow (BRIDGE_EGRESS_ALLOW): found ':::/8', expected
          server.port=http                      | server.port: found 'http', expected a number
          server.port=70000                     | server.port: found 70000, expected a number from 0 to 65535
          server.port=-1                        | server.port: found -1, expected a number from 0 to 65535
          management.server.port=admin          | management.server.port: found 'admin', expected a number
          management.server.port=65536          | management.server.port: found 65536, expected a number
          management.server.port=8787           | management.server.port: found 8787, the same as server.port
          """)
  void oneLineNamesTheKeyAndWhatIsExpected(String setting, String line) {
    assertThat(lineOf(setting)).contains(line).doesNotContain("\n", "hidden");
  }

  @Test
  void aSecretOfOneDirectionIsNotTakenForTheOther() {
    assertThat(
            lineOf(
                "EDGE_HMAC_SECRET=",
                "BRIDGE_INBOUND_SECRETS=hidden",
                "ODOO_BASE_URL=https://erp.example.com",
                "ODOO_API_TOKEN=hidden"))
        .contains("  bridge.signature.outbound-secret (BRIDGE_OUTBOUND_SECRET): found nothing")
        .doesNotContain("hidden");
  }

  @Test
  void anEntryOfASubscriberIsNamedAndItsSecretIsNot() {
    List<String> crm =
        List.of(
            "bridge.subscribers[0].name=crm",
            "bridge.subscribers[0].kind=webhook",
            "bridge.subscribers[0].url=https://crm.example.com");
    assertThat(lineOf(and(crm)))
        .startsWith("bridge.subscribers, the entry crm: secret must be whsec_ and base64 of 24 to");
    assertThat(lineOf(and(crm, "bridge.subscribers[0].secret=whsec_hidden")))
        .contains("the entry crm: secret must be whsec_")
        .doesNotContain("hidden");
    List<String> good = List.of(and(crm, "bridge.subscribers[0].secret=whsec_" + "AAAA".repeat(8)));
    assertThat(lineOf(and(good, "bridge.subscribers[0].headers.X-Api-Key=")))
        .contains("the entry crm: headers must have printable ASCII text for X-Api-Key");
    assertThat(lineOf(and(good, "bridge.subscribers[0].headers.Host=hidden")))
        .contains("the entry crm: headers must not have Host")
        .doesNotContain("hidden");
    assertThat(lineOf(and(good, "bridge.subscribers[0].basic-auth=hidden")))
        .contains("the entry crm: basic-auth must be a user and a password")
        .doesNotContain("hidden");
    assertThat(lineOf(and(crm, "bridge.subscribers[0].secret=env:BRIDGE_SUBSCRIBER_CRM")))
        .contains("the entry crm: secret must be", "a variable ${…}");
    assertThat(
            lineOf(
                and(
                    crm,
                    "bridge.subscribers[0].signature=document",
                    "bridge.subscribers[0].secret=a-secret-of-sixteen",
                    "bridge.subscribers[1].name=crm",
                    "bridge.subscribers[1].kind=realtime",
                    "bridge.subscribers[1].mode=off")))
        .contains("the entry crm: name must not be the name of another entry");
    assertThat(
            lineOf(
                "bridge.subscribers[0].name=live",
                "bridge.subscribers[0].kind=realtime",
                "bridge.subscribers[0].event-types=*.created"))
        .contains("the entry live: event-types must be");
  }

  private static String[] and(List<String> settings, String... more) {
    return Stream.concat(settings.stream(), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aRealOdooAndASimulatedOneContradictEachOther() {
    assertThat(
            lineOf(
                "ODOO_BASE_URL=https://erp.example.com",
                "ODOO_API_TOKEN=hidden",
                "BRIDGE_SIMULATED_ODOO=true"))
        .contains(
            "bridge.odoo.simulated (BRIDGE_SIMULATED_ODOO) is true, but bridge.odoo.base-url");
  }

  @Test
  void theShippedSettingsNeedOnlyTheSecret() {
    runner().run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void keysGoWithoutTlsToTheNamedHostsOnly() {
    String[] odoo = {
      "ODOO_BASE_URL=http://odoo_web:8069",
      "ODOO_API_TOKEN=0123456789abcdef",
      "SUPABASE_URL=http://127.0.0.1:8000"
    };
    assertThat(lineOf(odoo))
        .startsWith("bridge.odoo.base-url (ODOO_BASE_URL): found http:// for odoo_web,")
        .contains("BRIDGE_PLAINTEXT_HOSTS");
    runner()
        .withPropertyValues(odoo)
        .withPropertyValues("BRIDGE_PLAINTEXT_HOSTS=kong, ODOO_WEB")
        .run(context -> assertThat(context).hasNotFailed());
  }

  private static String lineOf(String... settings) {
    List<String> lines = new ArrayList<>();
    runner()
        .withPropertyValues(settings)
        .run(context -> lines.add(StartFailureReporter.line(context.getStartupFailure())));
    return lines.get(0);
  }

  private static ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withUserConfiguration(OnlySettings.class)
        .withPropertyValues("EDGE_HMAC_SECRET=test-secret-0123456789");
  }
}
