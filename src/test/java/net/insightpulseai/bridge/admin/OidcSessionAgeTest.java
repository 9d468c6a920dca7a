package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.insightpulseai.bridge.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

class OidcSessionAgeTest {

  private final TestClock clock = TestClock.standing();
  private final Instant login = clock.instant();
  private final MockHttpSession session = new MockHttpSession();

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void aPersonIsLoggedInForEightHours() throws Exception {
    assertThat(serve(person())).isTrue();
    clock.pass(OidcSessionAge.LONGEST);
    assertThat(serve(person())).isTrue();
    clock.pass(Duration.ofSeconds(1));
    assertThat(serve(person())).isFalse();
    assertThat(session.isInvalid()).isTrue();
  }

  @Test
  void theLoginsWithAPasswordAreNotMeant() throws Exception {
    clock.pass(Duration.ofDays(1));
    assertThat(serve("admin")).isTrue();
    assertThat(session.isInvalid()).isFalse();
  }

  private OidcPerson person() {
    Map<String, Object> claims =
        Map.of("sub", "17", "iss", "https://auth.example.com", "iat", login);
    return new OidcPerson(
        new OidcIdToken("token", login, login.plusSeconds(60), claims), Role.OPERATOR);
  }

  /** Whether somebody is still logged in behind the filter. */
  private boolean serve(Object principal) throws Exception {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(principal, null));
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setSession(session);
    MockFilterChain chain = new MockFilterChain();
    new OidcSessionAge(clock).doFilter(request, new MockHttpServletResponse(), chain);
    assertThat(chain.getRequest()).isNotNull();
    return SecurityContextHolder.getContext().getAuthentication() != null;
  }
}
