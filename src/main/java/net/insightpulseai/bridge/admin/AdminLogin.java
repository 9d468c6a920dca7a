package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** The one login of the management port. Without a configured password, nobody can log in. */
@Component
class AdminLogin implements AuthenticationProvider {

  private final AdminSettings settings;

  AdminLogin(AdminSettings settings) {
    this.settings = settings;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    Object password = attempt.getCredentials();
    // Always compare both, so that the time taken does not reveal which one is wrong.
    boolean rightUser = same(settings.user(), attempt.getName());
    boolean rightPassword = same(settings.password(), password == null ? "" : password.toString());
    if (!rightUser || !rightPassword || settings.password().isEmpty()) {
      throw new BadCredentialsException("unknown user or wrong password");
    }
    return UsernamePasswordAuthenticationToken.authenticated(
        settings.user(), null, List.of(new SimpleGrantedAuthority("ROLE_ADMIN")));
  }

  @Override
  public boolean supports(Class<?> kind) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
