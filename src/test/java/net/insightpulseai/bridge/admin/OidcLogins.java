package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Browsers, and the provider that they log in at, which the test runs. */
abstract class OidcLogins extends BridgeTest {

  static final TestOidcProvider PROVIDER = new TestOidcProvider();
  static final String REDIRECT = "http://127.0.0.1:8788/login/oauth2/code/oidc";

  @LocalManagementPort private int port;

  final Browser browser = new Browser();

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
  final class Browser {

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

    HttpResponse<String> send(HttpRequest.Builder request) {
      try {
        return client.send(request.build(), BodyHandlers.ofString());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  static String state(String location) {
    return TestOidcProvider.parameters(URI.create(location).getRawQuery()).get("state");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @BeforeEach
  void honest() {
    PROVIDER.reset();
  }
}
