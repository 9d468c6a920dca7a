package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import net.insightpulseai.bridge.config.RateLimitedLog;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * What a browser that comes back from the provider gets. Nothing of what it brought along is shown,
 * and it is sent nowhere but to the console.
 */
final class OidcPages implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

  /** The error of somebody whom the provider knows and no claim lets in. */
  static final String NO_ROLE = "no_role";

  private static final String CONSOLE = "/actuator/hawtio";

  private final RateLimitedLog log;

  OidcPages(RateLimitedLog log) {
    this.log = log;
  }

  /**
   * A page that goes on by itself. A redirect would still count as coming from the provider, and
   * the browser would not send the session's cookie, which is {@code SameSite=Strict}.
   */
  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication who)
      throws IOException {
    show(
        response,
        HttpServletResponse.SC_OK,
        "<meta http-equiv=\"refresh\" content=\"0;url=" + CONSOLE + "\">",
        "You are logged in.",
        CONSOLE,
        "To the console");
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    Throwable cause = failure.getCause();
    String code =
        failure instanceof OAuth2AuthenticationException oauth
            ? oauth.getError().getErrorCode()
            : "";
    if (code.equals(NO_ROLE)) {
      log.warn("Somebody logged in at the provider whom no claim lets in");
      refuse(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "You are logged in at the provider, but nothing there says that you may use this bridge."
              + " Ask the operator of the bridge for access, then log in again.");
    } else if (failure instanceof AuthenticationServiceException
        || cause instanceof AuthenticationServiceException) {
      refuse(
          response,
          HttpServletResponse.SC_BAD_GATEWAY,
          "The login provider does not answer as it should. Try again in a minute, or log in with a"
              + " password. The bridge's log says more.");
    } else {
      log.warn("A login at the provider was refused: " + word(code));
      refuse(
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          "The login at the provider did not succeed, took too long, or was used before. Log in"
              + " again.");
    }
  }

  /** A code comes from the provider, or from a forged address. */
  private static String word(String code) {
    return code.matches("[a-z_]{1,60}") ? code : "without a reason";
  }

  private static void refuse(HttpServletResponse response, int status, String text)
      throws IOException {
    show(response, status, "", text, "/login", "To the login");
  }

  private static void show(
      HttpServletResponse response, int status, String head, String text, String link, String label)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/html;charset=UTF-8");
    response
        .getOutputStream()
        .write(
            """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge</title>%s</head>
            <body style="font-family:sans-serif;margin:3em"><p>%s</p><p><a href="%s">%s</a></p></body></html>
            """
                .formatted(head, text, link, label)
                .getBytes(UTF_8));
  }
}
