package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** The logins of the management port. Nobody can use one that has no configured password. */
@Component
class AdminLogin implements AuthenticationProvider {

  private final AdminSettings settings;
  private final LoginAttempts attempts;
  private final Counter wrong;
  private final Counter tooFast;

  AdminLogin(AdminSettings settings, LoginAttempts attempts, MeterRegistry meters) {
    this.settings = settings;
    this.attempts = attempts;
    this.wrong = failed(meters, "wrong");
    this.tooFast = failed(meters, "too_fast");
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String address =
        attempt.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "";
    if (!attempts.allowed(address)) {
      tooFast.increment();
      throw new BadCredentialsException("too many wrong passwords; try again in a second");
    }
    Object password = attempt.getCredentials();
    Role role = role(attempt.getName(), password == null ? "" : password.toString());
    if (role == null) {
      attempts.wrong(address);
      wrong.increment();
      throw new BadCredentialsException("unknown user or wrong password");
    }
    return UsernamePasswordAuthenticationToken.authenticated(
        role == Role.OPERATOR ? settings.user() : settings.viewer(), null, role.authorities());
  }

  /** Always compares all four, so that the time taken does not reveal which one is wrong. */
  private @Nullable Role role(String user, String password) {
    boolean operator = same(settings.user(), user);
    boolean operators = same(settings.password(), password);
    boolean viewer = same(settings.viewer(), user);
    boolean viewers = same(settings.viewerPassword(), password);
    if (password.isEmpty()) {
      return null;
    }
    return operator && operators ? Role.OPERATOR : viewer && viewers ? Role.VIEWER : null;
  }

  private static Counter failed(MeterRegistry meters, String result) {
    return Counter.builder("bridge.admin.logins.failed")
        .description(
            "Logins on the management port that failed: wrong, or too_fast to be looked at")
        .tag("result", result)
        .register(meters);
  }

  @Override
  public boolean supports(Class<?> kind) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
