package net.insightpulseai.bridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** What Hawtio shows of the bridge's MBeans, and what they do. */
class ConsoleBeansTest extends BridgeTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  @BeforeEach
  void ofThisBridge() {
    takeBeanNames();
  }

  @Test
  void everythingHasANameAndADescriptionForPeople() throws Exception {
    Set<ObjectName> beans = server.queryNames(new ObjectName("bridge:*"), null);
    assertThat(beans)
        .extracting(bean -> bean.getKeyProperty("type"))
        .contains(
            "Outbox",
            "Deliveries",
            "DeadLetters",
            "Subscribers",
            "Replay",
            "Pairing",
            "Refusals",
            "Routes");
    List<String> bare = new ArrayList<>();
    for (ObjectName bean : beans) {
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
        check(bean, attribute, bare);
      }
      for (MBeanOperationInfo operation : server.getMBeanInfo(bean).getOperations()) {
        check(bean, operation, bare);
        for (MBeanParameterInfo argument : operation.getSignature()) {
          check(bean, argument, bare);
        }
      }
    }
    assertThat(bare).isEmpty();
  }

  private static void check(ObjectName bean, MBeanFeatureInfo shown, List<String> bare) {
    if (shown.getName().matches("p\\d+|arg\\d+")
        || shown.getDescription().isBlank()
        || shown.getDescription().equals(shown.getName())) {
      bare.add(bean + " " + shown.getName());
    }
  }

  @Test
  void theCountsAreNumbers() throws Exception {
    for (String queue : new String[] {"Outbox", "Deliveries"}) {
      for (String count : new String[] {"Due", "Waiting", "InFlight", "Dead", "OldestDueSeconds"}) {
        assertThat((Long) server.getAttribute(bean(queue), count)).as(count).isNotNegative();
      }
    }
    assertThat(server.getAttribute(bean("Refusals"), "LastByReason")).asString().startsWith("{");
    assertThat(server.getAttribute(bean("Pairing"), "LastFound")).asString().contains(": ");
  }

  @Test
  void aSubscriberIsMadePausedTestedAndGivenANewSecret() throws Exception {
    String made =
        exec("Subscribers", "createWebhook", "crm", "https://crm.example.com/x", "a.*, b.c");
    assertThat(made).contains("\"whsec_", "\"a.*\", \"b.c\"");
    assertThat(exec("Subscribers", "pause", "crm", "ann", "why")).contains("\"paused\"");
    assertThat(exec("Subscribers", "resume", "crm", "ann", "why")).contains("\"running\"");
    assertThat(exec("Subscribers", "rotateSecret", "crm", "PT1H", "ann", "why")).contains("whsec_");
    assertThat(exec("Subscribers", "pause", "nobody/..", "ann", "why"))
        .startsWith("nothing done: ");
    assertThat(exec("Subscribers", "showAll")).contains("\"crm\"");
  }

  @Test
  void aReplayIsCountedStartedAndEnded() throws Exception {
    exec("Subscribers", "createWebhook", "crm", "https://crm.example.com/x", "");
    postSigned(
        "/functions/v1/odoo_event_ingest",
        "{\"event_type\":\"res.partner.updated\",\"resource_id\":42}");
    assertThat(exec("Replay", "count", "res.partner:42", "", "", ""))
        .contains("\"dry_run\" : true", "\"selected\" : 1");
    assertThat(exec("Replay", "start", "res.partner:42", "", "", "crm", "ann", ""))
        .startsWith("nothing done: Missing why");
    assertThat(exec("Replay", "start", "res.partner:42", "", "", "crm", "ann", "lost"))
        .contains("\"status\" : \"running\"");
    assertThat(exec("Replay", "showAll")).contains("\"ann\"");
  }

  @Test
  void deadLettersAreCountedBeforeAnythingIsDone() throws Exception {
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts)"
                + " select 'odoo-actions', n, 'odoo', '', 'rejected', 1 from generate_series(1, 3) n");
    assertThat(exec("DeadLetters", "countMatching", "", "")).contains("\"matched\" : 3");
    assertThat(exec("DeadLetters", "countMatching", "odoo", "gone")).contains("\"matched\" : 0");
    assertThat(exec("DeadLetters", "discardMatching", "", "rejected", "ann", ""))
        .startsWith("nothing done: Missing why");
    assertThat(exec("DeadLetters", "discardMatching", "", "rejected", "ann", "old"))
        .contains("\"discarded\" : 3");
  }

  @Test
  void theLoginIsRecordedBesideTheNameThatIsGiven() throws Exception {
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts)"
                + " values ('odoo-actions', 1, 'odoo', '', 'rejected', 1)");
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated("olga", null, List.of()));
    try {
      exec("Subscribers", "createWebhook", "crm", "https://crm.example.com/x", "");
      exec("Subscribers", "rotateSecret", "crm", "PT1H", "", "it leaked");
      exec("DeadLetters", "discardMatching", "", "", "ann", "old");
      exec("Pairing", "pair", "ann", "moved");
    } finally {
      SecurityContextHolder.clearContext();
    }
    assertThat(
            jdbc()
                .queryForList(
                    "select event_type || ' ' || coalesce(payload ->> 'by', payload ->> 'who')"
                        + " from public.audit_event order by id",
                    String.class))
        .contains(
            "bridge.subscriber.created olga",
            "bridge.subscriber.secret_rotated olga",
            "bridge.paired ann (olga)");
    assertThat(text("select resolved_by from bridge.dead_letter")).isEqualTo("ann (olga)");
  }

  private static ObjectName bean(String type) throws Exception {
    return new ObjectName("bridge:type=" + type);
  }

  private String exec(String type, String operation, String... arguments) throws Exception {
    String[] types = new String[arguments.length];
    java.util.Arrays.fill(types, String.class.getName());
    return String.valueOf(server.invoke(bean(type), operation, arguments, types));
  }
}
