package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import javax.management.MalformedObjectNameException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** What Hawtio is told of the rules, so that it offers nothing that is refused. */
class ConsoleRightsTest {

  private static final String ROUTE = "org.apache.camel:context=c,type=routes,name=\"r\"";
  private static final String OUTBOX = "bridge:type=Outbox";

  private final ConsoleRights rights = new ConsoleRights();

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void anOperatorIsOfferedWhatTheRulesAllow() throws Exception {
    assertThat(asked(Role.OPERATOR))
        .isEqualTo(
            Map.of(
                ROUTE,
                Map.of("stop()", can(true), "remove()", can(false)),
                OUTBOX,
                Map.of("showCounts()", can(true), "pause(java.lang.String)", can(true))));
  }

  @Test
  void aViewerIsOfferedLooksOnly() throws Exception {
    assertThat(asked(Role.VIEWER))
        .isEqualTo(
            Map.of(
                ROUTE,
                Map.of("stop()", can(false), "remove()", can(false)),
                OUTBOX,
                Map.of("showCounts()", can(true), "pause(java.lang.String)", can(false))));
    assertThat(rights.canInvoke(OUTBOX, "setAny", new String[] {"int"})).isFalse();
  }

  private Map<String, Map<String, Map<String, Boolean>>> asked(Role role)
      throws MalformedObjectNameException {
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated("x", null, role.authorities()));
    return rights.canInvoke(
        Map.of(
            ROUTE,
            List.of("stop()", "remove()"),
            OUTBOX,
            List.of("showCounts()", "pause(java.lang.String)")));
  }

  private static Map<String, Boolean> can(boolean can) {
    return Map.of("CanInvoke", can);
  }
}
