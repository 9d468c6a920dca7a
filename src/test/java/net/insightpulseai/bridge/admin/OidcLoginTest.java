package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Logins at a provider that the test runs: who gets in, as whom, and how it ends. */
class OidcLoginTest extends OidcLogins {

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
