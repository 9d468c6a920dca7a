package net.insightpulseai.bridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.insightpulseai.bridge.BridgeApplication;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestRealtime;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.signature.SubscriberSignature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/** The demo as a whole, in an environment that holds the addresses of something real. */
@ExtendWith(OutputCaptureExtension.class)
class DemoTest {

  private Path folder;
  private TestDatabase real;
  private TestOdoo realOdoo;
  private TestRealtime realRealtime;

  @BeforeEach
  void create() throws IOException {
    Files.createDirectories(Path.of("target"));
    folder = Files.createTempDirectory(Path.of("target"), "demo-");
    real = TestDatabase.empty();
    realOdoo = new TestOdoo();
    realRealtime = new TestRealtime("sb_secret_real");
  }

  @AfterEach
  void remove() throws IOException {
    realRealtime.close();
    realOdoo.close();
    real.close();
    FileSystemUtils.deleteRecursively(folder);
  }

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
          .containsPattern("Webhook: res.partner.updated, evt_\\d+, its signature is right")
          .contains("Realtime: res.partner.updated on odoo:none:res.partner")
          .containsPattern("action +applied +res.partner.update .*, Odoo answered 200")
          .contains("SUPABASE_DB_URL is set, but demo mode uses nothing real")
          .contains("ODOO_BASE_URL is set, but demo mode uses nothing real")
          .contains("SUPABASE_URL is set, but demo mode uses nothing real");

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
  void theStandInsRefuseWhatTheRealOnesRefuse() throws Exception {
    try (var bridge = start()) {
      String broadcast = "/simulated-supabase/realtime/v1/api/broadcast/t/events/e?private=true";
      String key = DemoCredentials.in(folder).get("SUPABASE_SERVICE_ROLE_KEY");
      assertThat(post(bridge, broadcast, "{}").statusCode()).isEqualTo(401);
      assertThat(post(bridge, broadcast, "{}", "apikey", "other").statusCode()).isEqualTo(401);
      assertThat(post(bridge, broadcast, "[]", "apikey", key).statusCode()).isEqualTo(422);
      assertThat(post(bridge, broadcast, "no JSON", "apikey", key).statusCode()).isEqualTo(422);
      assertThat(
              post(bridge, broadcast, "{\"x\":\"" + "x".repeat(257_000) + "\"}", "apikey", key)
                  .body())
          .contains("Payload size exceeds tenant limit");
      assertThat(post(bridge, broadcast, "{}", "apikey", key).statusCode()).isEqualTo(202);

      String webhook = "/simulated-subscriber";
      assertThat(post(bridge, webhook, "{}").statusCode()).isEqualTo(401);
      String[] headers = signed("{}", Instant.now());
      assertThat(post(bridge, webhook, "{}", headers).statusCode()).isEqualTo(204);
      assertThat(post(bridge, webhook, "{} ", headers).statusCode()).isEqualTo(401);
      assertThat(
              post(bridge, webhook, "{}", signed("{}", Instant.now().minusSeconds(400)))
                  .statusCode())
          .isEqualTo(401);
    }
  }

  private String[] signed(String body, Instant now) throws IOException {
    String secret = DemoCredentials.in(folder).get("DEMO_WEBHOOK_SECRET");
    return SubscriberSignature.standard(List.of(secret), "evt_1", now, body.getBytes(UTF_8))
        .entrySet()
        .stream()
        .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
        .toArray(String[]::new);
  }

  @Test
  void keysOfTheRealProjectDoNotOpenTheDemo(CapturedOutput output) throws Exception {
    String jwtSecret = "jwt-secret-of-at-least-thirty-two-bytes";
    ECKey published = new ECKeyGenerator(Curve.P_256).keyID("real").generate();
    try (var bridge =
        start(
            "--SUPABASE_SECRET_KEYS=sb_secret_real",
            "--bridge.supabase.service-role-key=sb_secret_also_real",
            "--JWT_SECRET=" + jwtSecret,
            "--SUPABASE_JWKS=" + new JWKSet(published).toString(true))) {
      assertThat(lookUp(bridge, DemoCredentials.in(folder).get("SUPABASE_SERVICE_ROLE_KEY")))
          .isEqualTo(200);
      assertThat(lookUp(bridge, "sb_secret_real")).isEqualTo(401);
      assertThat(lookUp(bridge, "sb_secret_also_real")).isEqualTo(401);
      assertThat(lookUp(bridge, token(JWSAlgorithm.HS256, new MACSigner(jwtSecret))))
          .isEqualTo(401);
      assertThat(lookUp(bridge, token(JWSAlgorithm.ES256, new ECDSASigner(published))))
          .isEqualTo(401);
    }
    assertThat(output)
        .contains("SUPABASE_SECRET_KEYS is set, but demo mode uses nothing real")
        .contains("JWT_SECRET is set, but demo mode uses nothing real")
        .contains("SUPABASE_JWKS is set, but demo mode uses nothing real");
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

  private ConfigurableApplicationContext start(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--bridge.demo.folder=" + folder,
                "--server.port=0",
                // Bridges of other tests may be running in this JVM; MBean names are the JVM's.
                "--spring.jmx.enabled=false",
                "--management.server.port=0",
                "--SUPABASE_DB_URL=" + real.url(),
                "--ODOO_BASE_URL=" + realOdoo.url(),
                "--SUPABASE_URL=" + realRealtime.url()));
    settings.addAll(List.of(more));
    ConfigurableApplicationContext bridge =
        new SpringApplicationBuilder(BridgeApplication.class, LastWord.class)
            .profiles("demo")
            .run(settings.toArray(String[]::new));
    assertThat(bridge.getBean(OdooSettings.class).simulated()).isTrue();
    return bridge;
  }

  private static String token(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .claim("role", "service_role")
            .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("real").build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private static int lookUp(ConfigurableApplicationContext bridge, String key) throws Exception {
    return get(bridge, "/bridge/actions", "Authorization", "Bearer " + key).statusCode();
  }

  private static HttpResponse<String> post(
      ConfigurableApplicationContext bridge, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(bridge, path)).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static URI address(ConfigurableApplicationContext bridge, String path) {
    return URI.create(
        "http://127.0.0.1:" + bridge.getEnvironment().getProperty("local.server.port") + path);
  }

  private static HttpResponse<String> get(
      ConfigurableApplicationContext bridge, String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(address(bridge, path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  /** Uses the database when the bridge is taken apart. */
  static final class LastWord implements DisposableBean {

    private final JdbcTemplate jdbc;
    private int answer;

    LastWord(JdbcTemplate jdbc) {
      this.jdbc = jdbc;
    }

    @Override
    public void destroy() {
      answer = jdbc.queryForObject("select 1", Integer.class);
    }
  }
}
