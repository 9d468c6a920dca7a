package net.insightpulseai.bridge.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

class PersonTest {

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  private static void logIn(Authentication who) {
    SecurityContextHolder.getContext().setAuthentication(who);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"ann|ann (admin)", "' ann '|ann (admin)", "admin|admin", "''|admin", "|admin"})
  void whoIsLoggedInActsUnderNoOtherName(String given, String recorded) {
    logIn(UsernamePasswordAuthenticationToken.authenticated("admin", null, List.of()));
    assertThat(Person.ofCaller(given)).isEqualTo(recorded);
  }

  @Test
  void whoHasNoLoginIsTakenAtTheirWord() {
    assertThat(Person.ofCaller(" ann ")).isEqualTo("ann");
    assertThat(Person.ofCaller(null)).isEmpty();
    logIn(
        new AnonymousAuthenticationToken(
            "key", "anonymous", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
    assertThat(Person.ofCaller("ann")).isEqualTo("ann");
  }
}
