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
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import net.insightpulseai.bridge.signature.SubscriberSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Keys of a real project do not open the demo, and its simulated systems check their own. */
@ExtendWith(OutputCaptureExtension.class)
class DemoAccessTest extends DemoFixture {

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
        .contains("SUPABASE_SECRET_KEYS is ignored, because demo mode uses no real systems")
        .contains("JWT_SECRET is ignored, because demo mode uses no real systems")
        .contains("SUPABASE_JWKS is ignored, because demo mode uses no real systems");
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
}
