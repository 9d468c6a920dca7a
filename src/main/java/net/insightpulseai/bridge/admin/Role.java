package net.insightpulseai.bridge.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** What somebody who is logged in may do. */
enum Role {
  /** Sees everything but payloads, and changes nothing. */
  VIEWER,
  /** Sees and does everything. */
  OPERATOR;

  private static final String PREFIX = "ROLE_";

  /** Also an operator's are both, because who may act may look. */
  List<GrantedAuthority> authorities() {
    return this == OPERATOR
        ? List.of(OPERATOR.authority(), VIEWER.authority())
        : List.of(authority());
  }

  private GrantedAuthority authority() {
    return new SimpleGrantedAuthority(PREFIX + name());
  }

  /** The role of the caller that this thread serves; without a caller, the lesser role. */
  static Role ofCaller() {
    return of(SecurityContextHolder.getContext().getAuthentication());
  }

  static Role of(@Nullable Authentication who) {
    return who != null
            && who.isAuthenticated()
            && who.getAuthorities().contains(OPERATOR.authority())
        ? OPERATOR
        : VIEWER;
  }
}
