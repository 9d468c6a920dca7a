package net.insightpulseai.bridge.admin;

import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** Somebody who has logged in at the provider, under the name that is recorded. */
final class OidcPerson extends DefaultOidcUser {

  private static final long serialVersionUID = 1;

  OidcPerson(OidcIdToken token, Role role) {
    super(role.authorities(), token);
  }

  @Override
  public String getName() {
    return OidcRoles.name(getClaims());
  }
}
