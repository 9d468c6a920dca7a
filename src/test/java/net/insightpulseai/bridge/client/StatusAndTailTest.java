package net.insightpulseai.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bridge in a terminal: at a glance, and as things happen. */
class StatusAndTailTest extends ClientFixture {

  private Thread tail;

  @AfterEach
  void stop() throws InterruptedException {
    if (tail != null) {
      tail.interrupt();
      tail.join(10_000);
      assertThat(tail.isAlive()).isFalse();
    }
  }

  @Test
  void statusShowsWhatFlowsAndWhatNeedsAPerson() {
    assertThat(run("status", "--utc")).as(errors()).isZero();
    assertThat(out())
        .contains("LEG ", "events in", "deliveries", "actions", "TARGET", "odoo")
        .contains("nothing needs a person")
        .doesNotContain("\u001b");

    jdbc()
        .update(
            "insert into bridge.incident (kind, subject, name, found, remedy, page, since, seen_by)"
                + " values ('dead_letters', 'odoo', 'Odoo', '3 dead letters', 'requeue them', 'x', now(), 'another')");
    assertThat(run("status")).as("it is not reported yet").isZero();
    jdbc().update("update bridge.incident set opened_at = now()");
    assertThat(run("status")).isOne();
    assertThat(out()).contains("open  since ", "Odoo: 3 dead letters\n    requeue them");
    assertThat(run("status", "--json")).isOne();
    assertThat(out()).startsWith("{\"overview\":{\"ok\":true").contains("\"incidents\":[{");
  }

  private void tail(String... arguments) {
    tail = new Thread(() -> run("tail", arguments));
    tail.start();
  }

  private void awaitOut(String... parts) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(out()).contains(parts));
  }

  @Test
  void tailShowsWhatCameBeforeAndWhatComesWithoutContents() {
    events(2);
    tail("--since", "2026-01-01", "--utc");
    awaitOut("2026-01-31 12:00:00  a.b  1", "2026-01-31 12:00:00  a.b  2");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, payload)"
                + " values ('bridge', 'bridge.action.failed', '7', '{\"action\": \"x.y\", \"reason\": \"rejected\"}')");
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, error)"
                + " values ('odoo-actions', 7, 'odoo', '', 'rejected', 1, E'no\\u001b[31m')");
    awaitOut("bridge.action.failed  7  x.y  rejected", "dead letter 1  odoo  rejected  no?[31m");
    assertThat(out()).doesNotContain("12345678901234567890").doesNotContain("\u001b");
  }

  @Test
  void tailFiltersAndPrintsJsonWithoutContents() {
    events(1);
    tail("--since", "2026-01-01", "--type", "c.*", "--json");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, payload)"
                + " values ('odoo', 'c.d', '9', '{\"name\": \"content\"}')");
    awaitOut("\"event_type\":\"c.d\"");
    assertThat(out()).doesNotContain("content").doesNotContain("a.b");
    assertThat(out().lines()).allMatch(line -> line.startsWith("{\"id\":"));
  }

  @Test
  void tailFetchesForAPullSubscriberAndAcknowledges() {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, event_types) values ('ci', 'pull', '{c.*}')");
    assertThat(run("tail", "--subscriber", "ci", "--type", "c.*")).isEqualTo(2);
    assertThat(errors()).contains("--type cannot stand beside --subscriber");
    tail("--subscriber", "ci");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id)"
                + " values ('odoo', 'a.b', '1'), ('odoo', 'c.d', '9')");
    awaitOut("c.d  9");
    await()
        .untilAsserted(
            () ->
                assertThat(text("select id from bridge.subscriber_position"))
                    .isEqualTo(text("select max(id) from public.audit_event")));
    assertThat(out()).doesNotContain("a.b");
  }

  @Test
  void tailWaitsForABridgeThatIsAwayAndNotForAWrongKey() {
    tail("--BRIDGE_URL=http://127.0.0.1:1");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(errors()).contains("trying again"));
    assertThat(tail.isAlive()).isTrue();
    tail.interrupt();
    assertThat(run("tail", "--bridge.supabase.service-role-key=wrong-key-0123456789")).isOne();
    assertThat(errors()).contains("refuses the key");
  }
}
