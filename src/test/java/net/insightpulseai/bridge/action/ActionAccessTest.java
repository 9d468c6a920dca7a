package net.insightpulseai.bridge.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import net.insightpulseai.bridge.config.BridgeMode;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.context.TestPropertySource;

/** Who may cause actions where tokens are verified and demo mode says that nothing is real. */
@TestPropertySource(properties = "JWT_SECRET=" + ActionAccessTest.JWT_SECRET)
@Import(ActionAccessTest.Demo.class)
class ActionAccessTest extends ActionTest {

  static final String JWT_SECRET = "jwt-secret-that-is-at-least-32-bytes-long";
  private static final String PING = "{\"action\":\"bridge.ping\"}";

  @TestConfiguration(proxyBeanMethods = false)
  static class Demo {

    @Bean
    @Primary
    BridgeMode demo() {
      MockEnvironment environment = new MockEnvironment();
      environment.setActiveProfiles("demo");
      return new BridgeMode(environment);
    }
  }

  @Test
  void theAnonKeyCannotCauseAnAction() throws JOSEException {
    for (String path : new String[] {PUSH, "/bridge/apply"}) {
      HttpResponse<String> response =
          post(path, PING, "authorization", "Bearer " + token("anon", 60));
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.headers().firstValue("sb-error-code")).isPresent();
      assertThat(json(response).has("msg")).isTrue();
    }
    assertThat(odoo().calls()).isEmpty();
  }

  @Test
  void aTokenOfTheServiceRoleCanWhileItIsValid() throws JOSEException {
    assertThat(
            post(PUSH, PING, "authorization", "Bearer " + token("service_role", 60)).statusCode())
        .isEqualTo(200);
    assertThat(
            post(PUSH, PING, "authorization", "Bearer " + token("service_role", -3600))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void demoModeTakesTheOriginalUnsignedExample() {
    HttpResponse<String> response =
        post(
            "/bridge/apply",
            "{\"action\": \"account.move.post\", \"args\": {\"id\": 1234}}",
            "content-type",
            "application/x-www-form-urlencoded");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(odoo().calls("account.move.post")).hasSize(1);
  }

  @Test
  void whoShowsSomethingInDemoModeMustShowTheRightThing() {
    assertThat(post("/bridge/apply", PING, "x-signature", "dummy").statusCode()).isEqualTo(401);
    assertThat(post("/bridge/apply", PING, "apikey", "wrong").statusCode()).isEqualTo(401);
    assertThat(post(PUSH, PING).statusCode()).isEqualTo(401);
  }

  private static String token(String role, int secondsLeft) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .claim("role", role)
                .expirationTime(Date.from(Instant.now().plusSeconds(secondsLeft)))
                .build());
    jwt.sign(new MACSigner(JWT_SECRET.getBytes(UTF_8)));
    return jwt.serialize();
  }
}
