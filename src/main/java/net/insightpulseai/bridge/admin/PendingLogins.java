package net.insightpulseai.bridge.admin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Logins that are under way at the provider. Each belongs to one browser, by a cookie of its own:
 * that of the session is {@code SameSite=Strict}, so the browser does not send it when the provider
 * sends it back. Each counts once, and for ten minutes.
 */
final class PendingLogins implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

  static final String COOKIE = "BRIDGE_OIDC";

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST = 1_000;
  private static final int KEY_BYTES = 32;

  private final Clock clock;
  private final boolean secure;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Pending> pending = new LinkedHashMap<>();

  private record Pending(OAuth2AuthorizationRequest request, Instant until) {}

  /**
   * @param secure whether browsers reach the port with TLS
   */
  PendingLogins(Clock clock, boolean secure) {
    this.clock = clock;
    this.secure = secure;
  }

  @Override
  public synchronized @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(
      HttpServletRequest request) {
    return valid(pending.get(key(request)), request);
  }

  @Override
  public void saveAuthorizationRequest(
      @Nullable OAuth2AuthorizationRequest login,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (login == null) {
      removeAuthorizationRequest(request, response);
      return;
    }
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    keep(key, login);
    setCookie(response, key, LONGEST);
  }

  private synchronized void keep(String key, OAuth2AuthorizationRequest login) {
    pending.put(key, new Pending(login, clock.instant().plus(LONGEST)));
    if (pending.size() > MOST) {
      pending.remove(pending.keySet().iterator().next());
    }
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    setCookie(response, "", Duration.ZERO);
    synchronized (this) {
      return valid(pending.remove(key(request)), request);
    }
  }

  private @Nullable OAuth2AuthorizationRequest valid(
      @Nullable Pending login, HttpServletRequest request) {
    return login != null
            && clock.instant().isBefore(login.until())
            && login.request().getState().equals(request.getParameter("state"))
        ? login.request()
        : null;
  }

  private static String key(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(COOKIE)) {
          return cookie.getValue();
        }
      }
    }
    return "";
  }

  private void setCookie(HttpServletResponse response, String value, Duration age) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(COOKIE, value)
            .httpOnly(true)
            .secure(secure)
            .sameSite("Lax")
            .path("/login/oauth2/")
            .maxAge(age)
            .build()
            .toString());
  }
}
