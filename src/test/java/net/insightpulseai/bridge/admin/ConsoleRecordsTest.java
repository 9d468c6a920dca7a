package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is recorded for what is done on the management port, and what a viewer sees there. */
class ConsoleRecordsTest extends ConsoleCalls {

  private static final String MARK = "only-for-the-operator";

  @AfterEach
  void runAgain() {
    jdbc().update("update bridge.target set state = 'running', reason = null");
  }

  @Test
  void aSubscriberIsMadeAndChangedUnderTheNameOfTheLogin() throws Exception {
    String created =
        call(
                "POST",
                "/bridge/subscribers",
                OPERATOR,
                "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"https://example.com/x\"}")
            .body();
    String path = "/bridge/subscribers/" + json.readTree(created).path("id").asLong();
    String change = "{\"rate\":5,\"who\":\"ann\",\"why\":\"too fast\"}";

    assertThat(call("PATCH", path, OPERATOR, change).statusCode()).isEqualTo(200);
    assertThat(
            text(
                "select string_agg(event_type || ' ' || (payload ->> 'by'), ', ' order by id)"
                    + " from public.audit_event where event_type like 'bridge.subscriber.%'"))
        .isEqualTo("bridge.subscriber.created admin, bridge.subscriber.changed ann (admin)");
  }

  @Test
  void whoReleasesHeldActionsAndWhyIsRecorded() throws Exception {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args, next_attempt_at)"
                + " values ('bridge.ping', '{}', 'infinity')");
    String body = "{\"who\":\"ann\",\"why\":\"still wanted\",\"dry_run\":false}";

    HttpResponse<String> answer = call("POST", "/bridge/actions/held/release", OPERATOR, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(
            text(
                "select (payload ->> 'by') || ': ' || (payload ->> 'why') from public.audit_event"
                    + " where event_type = 'bridge.action.released'"))
        .isEqualTo("ann (admin): still wanted");
  }

  @Test
  void whatAnMBeanDoesIsRecordedUnderTheNameOfTheLogin() throws Exception {
    takeBeanNames();
    assertThat(pausedByMBean("Outbox", "odoo", "ann")).isEqualTo("ann (admin)");
    assertThat(pausedByMBean("Outbox", "odoo", "")).isEqualTo("admin");
    call(
        "POST",
        "/bridge/subscribers",
        OPERATOR,
        "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"https://example.com/x\"}");
    assertThat(pausedByMBean("Subscribers", "crm", "bob")).isEqualTo("bob (admin)");
  }

  @Test
  void aReplayAndARollbackByMBeanAreRecordedUnderTheNameOfTheLogin() throws Exception {
    takeBeanNames();
    call(
        "POST",
        "/bridge/subscribers",
        OPERATOR,
        "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"https://example.com/x\"}");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id)"
                + " values ('odoo', 'res.partner.updated', '42')");
    exec("Replay", "start", "\"res.partner:42\",\"\",\"\",\"crm\",\"ann\",\"a test\"");
    assertThat(text("select who from bridge.replay")).isEqualTo("ann (admin)");

    String version = text("select max(id)::text from bridge.route_version");
    try {
      exec("Routes", "rollback", version + ",\"bob\",\"a test\"");
      assertThat(text("select who from bridge.route_pin order by id desc limit 1"))
          .isEqualTo("bob (admin)");
    } finally {
      exec("Routes", "unpin", "\"bob\",\"a test\"");
    }
  }

  private String exec(String bean, String operation, String arguments) throws Exception {
    String command =
        "{\"type\":\"exec\",\"mbean\":\"bridge:type=%s\",\"operation\":\"%s\",\"arguments\":[%s]}"
            .formatted(bean, operation, arguments);
    return call("POST", "/actuator/jolokia", OPERATOR, command).body();
  }

  private String pausedByMBean(String bean, String target, String who) throws Exception {
    String answer = exec(bean, "pause", "\"%s\",\"%s\",\"w\"".formatted(target, who));
    assertThat(answer).contains("paused");
    return text("select changed_by from bridge.target order by since desc limit 1");
  }

  @Test
  void aViewerSeesOfAWebhooksAddressTheHostAlone() throws Exception {
    String secret = "https://user:pw@crm.example.com:8443/hooks/odoo?token=" + MARK;
    call(
        "POST",
        "/bridge/subscribers",
        OPERATOR,
        "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"https://crm.example.com:8443/hooks/odoo?token=%s\"}"
            .formatted(MARK));
    jdbc()
        .update(
            "update bridge.target set state = 'paused', reason = ? where name = 'odoo'", secret);
    takeBeanNames();
    String show =
        "{\"type\":\"exec\",\"mbean\":\"bridge:type=Subscribers\",\"operation\":\"showAll\"}";
    String counts =
        "{\"type\":\"exec\",\"mbean\":\"bridge:type=Outbox\",\"operation\":\"showCounts\"}";
    String stopped =
        "{\"type\":\"read\",\"mbean\":\"bridge:type=Outbox\",\"attribute\":\"Stopped\"}";

    for (String body :
        List.of(
            call("GET", "/bridge/subscribers", VIEWER, "").body(),
            call("GET", "/bridge/subscribers/crm", VIEWER, "").body(),
            call("POST", "/actuator/jolokia", VIEWER, show).body())) {
      assertThat(body.replace("\\/", "/"))
          .contains("https://crm.example.com:8443")
          .doesNotContain(MARK, "hooks");
    }
    for (String body :
        List.of(
            call("GET", "/bridge/targets", VIEWER, "").body(),
            call("GET", "/bridge/incidents", VIEWER, "").body(),
            call("POST", "/actuator/jolokia", VIEWER, counts).body(),
            call("POST", "/actuator/jolokia", VIEWER, stopped).body())) {
      assertThat(body).doesNotContain(MARK, "user:pw");
    }
    assertThat(call("GET", "/bridge/subscribers", OPERATOR, "").body()).contains(MARK);
  }
}
