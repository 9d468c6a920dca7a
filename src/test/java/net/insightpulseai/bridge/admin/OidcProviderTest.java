package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.insightpulseai.bridge.TestClock;
import net.insightpulseai.bridge.config.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.AuthenticationServiceException;

/** What is asked of the provider, and when; and which settings name one. */
class OidcProviderTest {

  private static final String REDIRECT = "https://bridge.example.com/login/oauth2/code/oidc";

  private final TestClock clock = TestClock.standing();

  @Test
  void itIsAskedAtTheFirstLoginAndNotBeforeAndThenNotAgain() {
    try (TestOidcProvider provider = new TestOidcProvider()) {
      OidcProvider login = new OidcProvider(settings(provider.issuer()), clock);
      assertThat(provider.calls()).isEmpty();

      login.findByRegistrationId("oidc");
      assertThat(login.findByRegistrationId("oidc").getProviderDetails().getTokenUri())
          .isEqualTo(provider.issuer() + "/token");
      assertThat(login.findByRegistrationId("other")).isNull();
      assertThat(provider.calls()).hasSize(1);
    }
  }

  @Test
  void ifItIsAwayItIsAskedAgainLaterButNotByEveryRequest() {
    try (TestOidcProvider provider = new TestOidcProvider()) {
      provider.away(true);
      OidcProvider login = new OidcProvider(settings(provider.issuer()), clock);
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> login.findByRegistrationId("oidc"))
            .isInstanceOf(AuthenticationServiceException.class);
      }
      assertThat(provider.calls()).hasSize(1);

      provider.away(false);
      clock.pass(Duration.ofSeconds(6));
      assertThat(login.findByRegistrationId("oidc")).isNotNull();
    }
  }

  @Test
  @Timeout(30)
  void whileOneThatDoesNotAnswerIsAskedNobodyElseWaitsForIt() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      OidcProvider login =
          new OidcProvider(settings("http://127.0.0.1:" + silent.getLocalPort()), clock);
      CompletableFuture<Void> first =
          CompletableFuture.runAsync(() -> login.findByRegistrationId("oidc"));
      try (Socket asked = silent.accept()) {
        assertThatThrownBy(() -> login.findByRegistrationId("oidc"))
            .isInstanceOf(AuthenticationServiceException.class)
            .hasMessageContaining("is being asked");
        asked.setSoLinger(true, 0);
      }
      assertThatThrownBy(first::join).hasCauseInstanceOf(AuthenticationServiceException.class);
    }
  }

  @Test
  void oneThatSaysItIsAnotherIssuerIsNotUsed() {
    try (TestOidcProvider provider = new TestOidcProvider()) {
      OidcProvider login = new OidcProvider(settings(provider.issuer() + "/"), clock);
      assertThatThrownBy(() -> login.findByRegistrationId("oidc"))
          .isInstanceOf(AuthenticationServiceException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          http://auth.example.com, bridge, https://b.example.com/login/oauth2/code/oidc, groups, a, https://
          auth.example.com, bridge, https://b.example.com/login/oauth2/code/oidc, groups, a, no URL
          https://auth.example.com, '', https://b.example.com/login/oauth2/code/oidc, groups, a, client-id
          https://auth.example.com, bridge, '', groups, a, redirect-uri
          https://auth.example.com, bridge, http://b.example.com/login/oauth2/code/oidc, groups, a, https://
          https://auth.example.com, bridge, https://b.example.com/, groups, a, another path
          https://auth.example.com, bridge, https://b.example.com/login/oauth2/code/oidc, '', a, claim
          https://auth.example.com, bridge, https://b.example.com/login/oauth2/code/oidc, groups, ' ', operators
          """)
  void settingsThatWouldLetInTheWrongOrNobodyAreRefused(
      String issuer, String client, String redirect, String claim, String operators, String says) {
    assertThatThrownBy(
            () ->
                new OidcSettings(
                    issuer, client, "", redirect, Set.of(), claim, Set.of(operators), Set.of()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(says);
  }

  private static OidcSettings settings(String issuer) {
    return new OidcSettings(
        issuer, "bridge", "", REDIRECT, Set.of(), "groups", Set.of("a"), Set.of());
  }
}
