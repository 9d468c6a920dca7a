package net.insightpulseai.bridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.http.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a signed token is, and which tokens count. */
class ServiceTokenTest extends AccessFixture {

  @Test
  void tokenOfTheServiceRoleOpens() {
    for (String token :
        List.of(
            TestTokens.hs256(SERVICE),
            TOKENS.es256(SERVICE),
            TOKENS.rs(JWSAlgorithm.RS256, SERVICE))) {
      bearer(token);
      access.require(seen);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"anon", "authenticated", "Service_Role", ""})
  void validTokenOfSomebodyElseIsForbidden(String role) {
    bearer(TestTokens.hs256(role));
    assertRefused(403, "FORBIDDEN");
  }

  @Test
  void roleOfAnUnverifiedTokenIsNeverRead() {
    bearer(TestTokens.hs256(TestTokens.claims(SERVICE), "another-secret-of-thirty-two-bytes!!"));
    assertRefused(401, "UNAUTHORIZED_LEGACY_JWT");
    String[] parts = TestTokens.hs256("anon").split("\\.");
    String forged = "{\"role\":\"service_role\",\"exp\":9999999999}";
    String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(forged.getBytes(UTF_8));
    bearer(parts[0] + "." + payload + "." + parts[2]);
    assertRefused(401, "UNAUTHORIZED_LEGACY_JWT");
  }

  @Test
  void expiredAndFutureTokensAreRefused() {
    Date past = Date.from(TestTokens.NOW.minusSeconds(120));
    Date future = Date.from(TestTokens.NOW.plusSeconds(120));
    bearer(
        TestTokens.hs256(TestTokens.claims(SERVICE).expirationTime(past), TestTokens.JWT_SECRET));
    assertRefused(401, "UNAUTHORIZED_LEGACY_JWT");
    bearer(
        TestTokens.hs256(TestTokens.claims(SERVICE).notBeforeTime(future), TestTokens.JWT_SECRET));
    assertRefused(401, "UNAUTHORIZED_LEGACY_JWT");
  }

  @Test
  void aTokenThatNeverExpiresIsRefused() {
    bearer(
        TestTokens.hs256(TestTokens.claims(SERVICE).expirationTime(null), TestTokens.JWT_SECRET));
    assertRefused(401, "UNAUTHORIZED_LEGACY_JWT");
  }

  @Test
  void unsignedTokenIsRefused() {
    bearer(new PlainJWT(TestTokens.claims(SERVICE).build()).serialize());
    assertRefused(401, "UNAUTHORIZED_UNSUPPORTED_TOKEN_ALGORITHM");
  }

  @Test
  void otherAlgorithmsAreRefusedThoughTheKeyIsRight() {
    bearer(TOKENS.rs(JWSAlgorithm.PS256, SERVICE));
    assertRefused(401, "UNAUTHORIZED_UNSUPPORTED_TOKEN_ALGORITHM");
    bearer(TOKENS.rs(JWSAlgorithm.RS512, SERVICE));
    assertRefused(401, "UNAUTHORIZED_UNSUPPORTED_TOKEN_ALGORITHM");
  }

  @Test
  void publishedKeyIsNoSharedSecret() {
    bearer(TOKENS.hs256WithThePublishedKey(SERVICE));
    assertRefused(401, "UNAUTHORIZED_LEGACY_JWT");
  }

  @Test
  void tokenOfAnUnknownKeyIsRefused() throws Exception {
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    bearer(
        TestTokens.signed(
            TestTokens.header(JWSAlgorithm.ES256, "ec"),
            TestTokens.claims(SERVICE),
            TestTokens.signer(other)));
    assertRefused(401, "UNAUTHORIZED_ASYMMETRIC_JWT");
  }

  @Test
  void keySetIsFetchedOnceForManyTokens() throws Exception {
    AtomicInteger fetched = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jwks",
        call -> {
          fetched.incrementAndGet();
          byte[] keys = TOKENS.jwks().getBytes(UTF_8);
          call.sendResponseHeaders(200, keys.length);
          call.getResponseBody().write(keys);
          call.close();
        });
    server.start();
    try {
      ServiceAccess remote = access("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
      for (int i = 0; i < 3; i++) {
        bearer(TOKENS.es256(SERVICE));
        remote.require(seen);
      }
      assertThat(fetched).hasValue(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void unreachableKeySetIsOurFaultAndNotTheCallers() {
    bearer(TOKENS.es256(SERVICE));
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> access("http://127.0.0.1:1/jwks").require(seen));
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.retryAfterSeconds()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "{\"keys\":5}", "http://example.com/jwks", "file:///etc/passwd"})
  void keySetThatCannotBeTrustedStopsTheStart(String jwks) {
    assertThatThrownBy(() -> access(jwks)).hasMessageContaining("bridge.supabase.jwks");
  }
}
