package net.insightpulseai.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccessTest extends AccessFixture {

  @Test
  void keyOpensAsBearerAndAsApikey() {
    bearer("service-key");
    access.require(seen);
    header("apikey", "service-key");
    access.require(seen);
    header("apikey", "sb_secret_2");
    access.require(seen);
  }

  @Test
  void theTokenSaysWhoCallsAndTheKeyBesideItOnlyWhichProject() {
    for (String role : List.of("anon", "authenticated")) {
      bearer(TestTokens.hs256(role));
      headers.add("apikey", "service-key");
      assertRefused(403, "FORBIDDEN");
    }
    bearer("expired.or.wrong");
    headers.add("apikey", "service-key");
    assertRefused(401, "UNAUTHORIZED_INVALID_JWT_FORMAT");
    for (String token : List.of("service-key", TestTokens.hs256(SERVICE))) {
      bearer(token);
      headers.add("apikey", "sb_publishable_1");
      assertThatCode(() -> access.require(seen)).doesNotThrowAnyException();
    }
  }

  @Test
  void anAuthorizationThatIsNoTokenLeavesTheKeyToSayWho() {
    header("authorization", "Basic dXNlcjpwYXNz");
    headers.add("apikey", "service-key");
    assertThatCode(() -> access.require(seen)).doesNotThrowAnyException();
  }

  @Test
  void missingCredentialsAreRefusedAsTheGatewayDoes() {
    assertRefused(401, "UNAUTHORIZED_NO_AUTH_HEADER");
  }

  @ParameterizedTest
  @ValueSource(strings = {"service-key", "Basic service-key", "Bearerservice-key"})
  void authorizationOfAnotherKindIsRefused(String authorization) {
    header("authorization", authorization);
    assertRefused(401, "UNAUTHORIZED_INVALID_JWT_FORMAT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "service-kez", "service-key2", "a.b.c", "sb_publishable_1", "\u00e4"})
  void unknownKeyIsRefused(String key) {
    bearer(key);
    assertRefused(401, "UNAUTHORIZED_INVALID_JWT_FORMAT");
  }

  @Test
  void repeatedAuthorizationIsRefused() {
    bearer("service-key");
    headers.add("Authorization", "Bearer service-key");
    assertRefused(401, "header_repeated");
  }

  @Test
  void theOwnKeyIsAnotherInEachProcessAndIsNotShown() {
    OwnKey own = new OwnKey();
    SupabaseSettings none = new SupabaseSettings("", "", List.of(), "", "", false, "");

    assertThat(new ServiceKeys(none, own).accept(own.value())).isTrue();
    assertThat(new ServiceKeys(none, new OwnKey()).accept(own.value())).isFalse();
    assertThat(own.value()).hasSize(43);
    assertThat(own.toString()).doesNotContain(own.value());
  }

  @Test
  void blankKeyOpensNothing() {
    SupabaseSettings none = new SupabaseSettings("", "", List.of(" "), "", "", false, "");
    ServiceKeys keys = new ServiceKeys(none, new OwnKey());
    assertThat(keys.accept("")).isFalse();
    assertThat(keys.accept(" ")).isFalse();
  }
}
