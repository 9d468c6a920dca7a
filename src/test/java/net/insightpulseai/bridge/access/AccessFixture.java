package net.insightpulseai.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Refusal;

/** Service access with keys and tokens of this test, and a request that carries one of them. */
abstract class AccessFixture {

  static final TestTokens TOKENS = new TestTokens();
  static final String SERVICE = "service_role";

  final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  final ClientRequest seen = new ClientRequest("/", null, headers);
  final ServiceAccess access = access(TOKENS.jwks());

  static ServiceAccess access(String jwks) {
    SupabaseSettings settings =
        new SupabaseSettings(
            "",
            "service-key",
            List.of("sb_secret_1", "sb_secret_2"),
            TestTokens.JWT_SECRET,
            jwks,
            false,
            "");
    Clock clock = Clock.fixed(TestTokens.NOW, ZoneOffset.UTC);
    return new ServiceAccess(
        settings, new OwnKey(), new TokenKeys().verifiedToken(settings, clock));
  }

  final void bearer(String token) {
    header("authorization", "Bearer " + token);
  }

  final void header(String name, String value) {
    headers.remove("authorization");
    headers.remove("apikey");
    headers.add(name, value);
  }

  final void assertRefused(int status, String code) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> access.require(seen));
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.status()).isEqualTo(status);
  }
}
