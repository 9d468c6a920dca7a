package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Providers, tokens and addresses that are not what they say let nobody in. */
class OidcForgeryTest extends OidcLogins {

  @Test
  void aTokenThatIsNotForThisLoginLetsNobodyIn() {
    Date past = Date.from(Instant.now().minusSeconds(600));
    refused(claims -> claims.audience("another-client"));
    refused(claims -> claims.audience(List.of(TestOidcProvider.CLIENT, "another-client")));
    refused(claims -> claims.expirationTime(past));
    refused(claims -> claims.expirationTime(null));
    refused(claims -> claims.claim("nonce", "another"));
    refused(claims -> claims.claim("nonce", null));
    refused(claims -> claims.issuer("https://evil.example.com"));
    refused(claims -> claims.issuer(null));
    refused(claims -> claims.subject(null));
    refused(claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(600))));
  }

  @Test
  void aTokenThatTheProviderDidNotSignLetsNobodyIn() {
    PROVIDER.sign(set -> new PlainJWT(set).serialize());
    refused(UnaryOperator.identity());
    PROVIDER.sign(set -> TestOidcProvider.signedWith(set, TestOidcProvider.key()));
    refused(UnaryOperator.identity());
    PROVIDER.sign(OidcForgeryTest::withThePublicKeyAsSecret);
    refused(UnaryOperator.identity());
    PROVIDER.sign(
        set -> {
          String[] parts = PROVIDER.signed(set).split("\\.");
          String changed =
              new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("ada@", "eve@");
          return parts[0]
              + "."
              + Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(UTF_8))
              + "."
              + parts[2];
        });
    refused(UnaryOperator.identity());
  }

  private static String withThePublicKeyAsSecret(JWTClaimsSet set) {
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), set);
      token.sign(new MACSigner(PROVIDER.publicKey()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refused(UnaryOperator<JWTClaimsSet.Builder> change) {
    PROVIDER.claims(change);
    Browser one = new Browser();
    HttpResponse<String> answer = one.login();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(one.get("/bridge/overview").statusCode()).isIn(302, 401);
  }

  @Test
  void anAnswerOfTheProviderCountsOnceAndOnlyInTheBrowserThatAsked() {
    String location = browser.begin();
    String code = PROVIDER.login(location);
    String state = state(location);

    assertThat(new Browser().back(code, state).statusCode()).isEqualTo(401);
    assertThat(browser.back(code, state + "x").statusCode()).isEqualTo(401);
    assertThat(browser.back(code, state).statusCode()).isEqualTo(401);

    String again = browser.begin();
    String second = PROVIDER.login(again);
    assertThat(browser.back(second, state(again)).statusCode()).isEqualTo(200);
    assertThat(browser.back(second, state(again)).statusCode()).isEqualTo(401);
    String third = browser.begin();
    assertThat(browser.back(second, state(third)).statusCode()).isEqualTo(401);
  }

  @Test
  void theErrorOfAProviderIsNotShownAndLeadsNowhere() {
    String location = browser.begin();
    HttpResponse<String> answer =
        browser.get(
            "/login/oauth2/code/oidc?error=%3Cscript%3E&error_description=%3Cscript%3E&state="
                + encoded(state(location)));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("script");
  }

  @Test
  void nothingInTheAddressDecidesWhereTheBrowserGoes() {
    browser.get("/actuator/hawtio?continue=https://evil.example.com");
    HttpResponse<String> sent =
        browser.get("/oauth2/authorization/oidc?redirect_uri=https://evil.example.com");
    String location = sent.headers().firstValue("location").orElseThrow();
    assertThat(location).doesNotContain("evil");
    HttpResponse<String> in = browser.back(PROVIDER.login(location), state(location));
    assertThat(in.body()).doesNotContain("evil").contains("url=/actuator/hawtio\"");
    assertThat(browser.get("/oauth2/authorization/another").statusCode()).isIn(302, 401, 404, 500);
  }
}
