package net.insightpulseai.bridge.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.GatewayRefusal;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class VerifyJwtTest {

  private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
  private final ClientRequest seen = new ClientRequest(request);

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
    request.addHeader("authorization", "Bearer " + TestTokens.hs256("anon"));
    assertThatCode(() -> check(true).check(seen)).doesNotThrowAnyException();
  }

  private static VerifyJwt check(boolean wanted) {
    SupabaseSettings settings =
        new SupabaseSettings("", "key", List.of(), TestTokens.JWT_SECRET, "", wanted, "");
    Clock clock = Clock.fixed(TestTokens.NOW, ZoneOffset.UTC);
    return new VerifyJwt(
        settings, new ServiceAccess(settings, new TokenKeys().verifiedToken(settings, clock)));
  }
}
