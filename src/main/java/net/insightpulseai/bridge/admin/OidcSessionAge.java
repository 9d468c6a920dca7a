package net.insightpulseai.bridge.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a person's session some hours after the login at the provider. The role is read only there,
 * and a console that stays open never lets its session go idle.
 */
final class OidcSessionAge extends OncePerRequestFilter {

  static final Duration LONGEST = Duration.ofHours(8);

  private final Clock clock;

  OidcSessionAge(Clock clock) {
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who != null && who.getPrincipal() instanceof OidcPerson person && isOver(person)) {
      HttpSession session = request.getSession(false);
      if (session != null) {
        session.invalidate();
      }
      SecurityContextHolder.clearContext();
    }
    chain.doFilter(request, response);
  }

  private boolean isOver(OidcPerson person) {
    Instant issued = person.getIdToken().getIssuedAt();
    return issued == null || clock.instant().isAfter(issued.plus(LONGEST));
  }
}
