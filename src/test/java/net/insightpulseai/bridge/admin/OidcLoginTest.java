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
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Logins at a provider that the test runs, honest and hostile ones. */
class OidcLoginTest extends BridgeTest {

  private static final TestOidcProvider PROVIDER = new TestOidcProvider();
  private static final String REDIRECT = "http://127.0.0.1:8788/login/oauth2/code/oidc";

  @LocalManagementPort private int port;

  private final Browser browser = new Browser();

  @DynamicPropertySource
  static void provider(DynamicPropertyRegistry registry) {
    registry.add("BRIDGE_OIDC_ISSUER", PROVIDER::issuer);
    registry.add("BRIDGE_OIDC_CLIENT_ID", () -> TestOidcProvider.CLIENT);
    registry.add("BRIDGE_OIDC_CLIENT_SECRET", () -> TestOidcProvider.SECRET);
    registry.add("BRIDGE_OIDC_REDIRECT_URI", () -> REDIRECT);
    registry.add("BRIDGE_OIDC_CLAIM", () -> "groups");
    registry.add("BRIDGE_OIDC_OPERATORS", () -> "bridge-operators");
    registry.add("BRIDGE_OIDC_VIEWERS", () -> "bridge-viewers, auditors");
  }

  /** Keeps cookies as a browser does, and follows no redirect by itself. */
  private final class Browser {

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();

    HttpResponse<String> get(String path) {
      return send(HttpRequest.newBuilder(at(path)).header("accept", "text/html,*/*"));
    }

    HttpResponse<String> post(String path, String form, String... headers) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(at(path))
              .header("content-type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form));
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      return send(request);
    }

    String cookie(String name) {
      return cookies.getCookieStore().getCookies().stream()
          .filter(cookie -> cookie.getName().equals(name))
          .map(cookie -> cookie.getValue())
          .findFirst()
          .orElse("");
    }

    /** Begins a login; gives the address at the provider. */
    String begin() {
      HttpResponse<String> sent = get("/oauth2/authorization/oidc");
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(302);
      return sent.headers().firstValue("location").orElseThrow();
    }

    HttpResponse<String> back(String code, String state) {
      return get("/login/oauth2/code/oidc?code=" + code + "&state=" + encoded(state));
    }

    HttpResponse<String> login() {
      String location = begin();
      return back(PROVIDER.login(location), state(location));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
      try {
        return client.send(request.build(), BodyHandlers.ofString());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static String state(String location) {
    return TestOidcProvider.parameters(URI.create(location).getRawQuery()).get("state");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @BeforeEach
  void honest() {
    PROVIDER.reset();
  }

  @Test
  void thePageOfTheLoginOffersItBesideThePassword() {
    assertThat(browser.get("/login").body())
        .contains("/oauth2/authorization/oidc", PROVIDER.issuer(), "name=\"password\"");
  }

  @Test
  void anOperatorGetsInAndActsUnderTheNameThatTheProviderKnows() {
    String location = browser.begin();
    Map<String, String> asked = TestOidcProvider.parameters(URI.create(location).getRawQuery());
    assertThat(location).startsWith(PROVIDER.issuer() + "/authorize?");
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", TestOidcProvider.CLIENT)
        .containsEntry("redirect_uri", REDIRECT)
        .containsEntry("code_challenge_method", "S256")
        .containsKeys("state", "nonce", "code_challenge");
    assertThat(browser.get("/bridge/overview").statusCode()).isIn(302, 401);

    HttpResponse<String> in = browser.back(PROVIDER.login(location), asked.get("state"));

    assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
    assertThat(in.body()).contains("url=/actuator/hawtio");
    assertThat(browser.get("/bridge/overview").body())
        .contains("\"user\":\"oidc:ada@example.com\"", "\"operator\":true");
    assertThat(browser.get("/actuator/hawtio/index.html").statusCode()).isEqualTo(200);
  }

  @Test
  void aViewerLooksAndChangesNothing() {
    PROVIDER.claims(claims -> claims.claim("groups", List.of("auditors")));
    assertThat(browser.login().statusCode()).isEqualTo(200);

    assertThat(browser.get("/bridge/overview").body()).contains("\"operator\":false");
    assertThat(
            browser
                .post(
                    "/bridge/targets/odoo/pause", "", "x-xsrf-token", browser.cookie("XSRF-TOKEN"))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void whoHasNoMatchingClaimIsToldSoAndIsNotIn() {
    for (Object groups :
        new Object[] {
          null, List.of(), List.of("staff"), "bridge-operators-2", 7, Map.of("a", "b")
        }) {
      PROVIDER.claims(claims -> claims.claim("groups", groups));
      Browser one = new Browser();
      HttpResponse<String> refused = one.login();
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("nothing there says that you may use this bridge");
      assertThat(one.get("/bridge/overview").statusCode()).isIn(302, 401);
    }
  }

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
    PROVIDER.sign(OidcLoginTest::withThePublicKeyAsSecret);
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

  @Test
  void theCookieOfALoginUnderWayGoesOnlyWhereItMust() {
    HttpResponse<String> sent = browser.get("/oauth2/authorization/oidc");
    assertThat(sent.headers().allValues("set-cookie"))
        .filteredOn(cookie -> cookie.startsWith(PendingLogins.COOKIE))
        .singleElement()
        .asString()
        .contains("Path=/login/oauth2/", "HttpOnly", "SameSite=Lax");
  }

  @Test
  void theSessionIsANewOneAndALogoutEndsIt() {
    browser.get("/actuator/hawtio");
    String before = browser.cookie("JSESSIONID");
    assertThat(browser.login().statusCode()).isEqualTo(200);
    String session = browser.cookie("JSESSIONID");
    assertThat(session).isNotEmpty().isNotEqualTo(before);

    assertThat(browser.post("/logout", "").statusCode()).isEqualTo(403);
    assertThat(browser.get("/bridge/overview").statusCode()).isEqualTo(200);
    browser.post("/logout", "_csrf=" + browser.cookie("XSRF-TOKEN"));
    assertThat(browser.get("/bridge/overview").statusCode()).isIn(302, 401);
    Browser thief = new Browser();
    assertThat(
            thief
                .send(
                    HttpRequest.newBuilder(at("/bridge/overview"))
                        .header("cookie", "JSESSIONID=" + session))
                .statusCode())
        .isIn(302, 401);
  }

  @Test
  void thePasswordsWorkAsEver() {
    String page = browser.get("/login").body();
    assertThat(page).contains("_csrf");
    HttpResponse<String> in =
        browser.post(
            "/login",
            "username=admin&password="
                + encoded(ADMIN_PASSWORD)
                + "&_csrf="
                + browser.cookie("XSRF-TOKEN"));
    assertThat(in.statusCode()).isEqualTo(302);
    assertThat(browser.get("/bridge/overview").body()).contains("\"user\":\"admin\"");
  }
}
