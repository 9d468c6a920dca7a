package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OidcRolesTest {

  @Test
  void theGreaterRoleCounts() {
    OidcRoles roles = roles("groups");
    assertThat(roles.of(Map.of("groups", List.of("look", "act")))).isEqualTo(Role.OPERATOR);
    assertThat(roles.of(Map.of("groups", List.of("look")))).isEqualTo(Role.VIEWER);
    assertThat(roles.of(Map.of("groups", "act"))).isEqualTo(Role.OPERATOR);
    assertThat(roles.of(Map.of("groups", List.of("ACT", "act ", "look,act")))).isNull();
    assertThat(roles.of(Map.of())).isNull();
  }

  @Test
  void dotsLeadIntoObjectsUnlessTheNameItselfHasThem() {
    OidcRoles roles = roles("realm_access.roles");
    assertThat(roles.of(Map.of("realm_access", Map.of("roles", List.of("act")))))
        .isEqualTo(Role.OPERATOR);
    assertThat(roles.of(Map.of("realm_access", "roles"))).isNull();
    assertThat(roles("https://example.com/roles").of(Map.of("https://example.com/roles", "look")))
        .isEqualTo(Role.VIEWER);
  }

  @Test
  void anAddressCountsOnlyIfTheProviderHasVerifiedIt() {
    OidcRoles roles = roles("email");
    assertThat(roles.of(Map.of("email", "act", "email_verified", true))).isEqualTo(Role.OPERATOR);
    assertThat(roles.of(Map.of("email", "act", "email_verified", false))).isNull();
    assertThat(roles.of(Map.of("email", "act", "email_verified", "true"))).isNull();
    assertThat(roles.of(Map.of("email", "act"))).isNull();
  }

  @Test
  void theNameIsNoOneElsesAndHasNothingUnprintable() {
    assertThat(OidcRoles.name(Map.of("sub", "admin"))).isEqualTo("oidc:admin");
    assertThat(OidcRoles.name(Map.of("sub", "1", "email", "a@b", "email_verified", true)))
        .isEqualTo("oidc:a@b");
    assertThat(OidcRoles.name(Map.of("sub", "1", "email", "a@b"))).isEqualTo("oidc:1");
    assertThat(OidcRoles.name(Map.of("sub", "a\nb\u202e"))).isEqualTo("oidc:ab");
    assertThat(OidcRoles.name(Map.of("sub", "x".repeat(500)))).hasSize(105);
  }

  private static OidcRoles roles(String claim) {
    return new OidcRoles(
        new OidcSettings(
            "https://auth.example.com",
            "bridge",
            "",
            "https://bridge.example.com" + OidcSettings.CALLBACK,
            Set.of(),
            claim,
            Set.of("act"),
            Set.of("look")));
  }
}
