package net.insightpulseai.bridge.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.GatewayRefusal;
import org.junit.jupiter.api.Test;

class VerifyJwtTest {

  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private ClientRequest seen = new ClientRequest("/", null, headers);

  @Test
  void offAsksForNothing() {
    assertThatCode(() -> check(false).check(seen)).doesNotThrowAnyException();
  }

  @Test
  void onRefusesWithoutAValidToken() {
    assertThatThrownBy(() -> check(true).check(seen)).isInstanceOf(GatewayRefusal.class);
  }

  @Test
  void onTakesAnAnonymousToken() {
    headers.add("authorization", "Bearer " + TestTokens.hs256("anon"));
    assertThatCode(() -> check(true).check(seen)).doesNotThrowAnyException();
  }

  private static VerifyJwt check(boolean wanted) {
    SupabaseSettings settings =
        new SupabaseSettings("", "key", List.of(), TestTokens.JWT_SECRET, "", wanted, "");
    Clock clock = Clock.fixed(TestTokens.NOW, ZoneOffset.UTC);
    return new VerifyJwt(
        settings,
        new ServiceAccess(settings, new OwnKey(), new TokenKeys().verifiedToken(settings, clock)));
  }
}
