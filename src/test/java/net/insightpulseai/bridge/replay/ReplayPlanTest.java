package net.insightpulseai.bridge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted before a replay, and what it selects. */
class ReplayPlanTest {

  private ReplayFixture replays;

  @BeforeEach
  void create() {
    replays = new ReplayFixture();
  }

  @AfterEach
  void drop() {
    replays.close();
  }

  @Test
  void aDryRunMakesNothing() {
    replays.insertEvents(5, "res.partner.updated");
    replays.subscribe("all");

    Map<String, Object> plan = replays.plan(ReplayFixture.EVERYTHING, null, 100, true);

    assertThat(plan).containsEntry("events", 5L).containsEntry("deliveries", 5L);
    assertThat(plan.get("job")).isNull();
    assertThat(replays.number("select count(*) from bridge.replay")).isZero();
    assertThat(replays.said()).isEmpty();
  }

  @Test
  void theCountsOfADryRunAreWhatIsThenMade() {
    replays.insertEvents(30, "res.partner.updated");
    replays.insertEvents(20, "sale.order.confirmed");
    replays.insertEvents(10, "stock.picking.done");
    replays.subscribe("partners", "webhook", "{res.partner.*}", "rest");
    replays.subscribe("both", "webhook", "{res.partner.*,sale.*}", "rest");

    Map<String, Object> plan = replays.plan(ReplayFixture.EVERYTHING, null, 1000, true);
    long job = replays.start(ReplayFixture.EVERYTHING, null, 1000);
    replays.stepUntilNoneIsDue();

    assertThat(plan)
        .containsEntry("selected", 60L)
        .containsEntry("events", 50L)
        .containsEntry("deliveries", 80L);
    assertThat(replays.made(job)).hasSize(80).doesNotHaveDuplicates();
    assertThat(replays.job(job))
        .containsEntry("status", "done")
        .containsEntry("total", 50L)
        .containsEntry("events", 50L)
        .containsEntry("deliveries", 80L);
  }

  @Test
  void whoGetsNothingIsToldWhy() {
    replays.insertEvents(3, "res.partner.updated");
    replays.subscribe("other types", "webhook", "{sale.*}", "rest");
    replays.subscribe("odoo", "odoo", "{*}", "rest");
    replays.subscribe("off", "realtime", "{*}", "off");
    replays.subscribe("in the database", "realtime", "{*}", "trigger");
    long disabled = replays.subscribe("disabled");
    replays.setTarget(disabled, "disabled");

    Map<String, Object> plan = replays.plan(ReplayFixture.EVERYTHING, null, 100, false);

    assertThat(plan).containsEntry("events", 0L).containsEntry("deliveries", 0L);
    assertThat(plan.get("job")).isNull();
    assertThat(String.valueOf(plan.get("by_subscriber")).replace(" ", ""))
        .contains(
            "\"skipped\":{\"event_type\":3}",
            "\"skipped\":{\"from_odoo\":3}",
            "\"skipped\":{\"off\":3}",
            "\"skipped\":{\"trigger\":3}",
            "\"skipped\":{\"disabled\":3}");
  }

  @Test
  void anActionsEchoDoesNotGoBackToOdooInAReplayEither() {
    replays.jdbc().update("insert into public.odoo_action_outbox (action) values ('a.b')");
    replays
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, correlation_id, hop, meta)"
                + " select 'supabase', t, c, h, m::jsonb from (values"
                + " ('x.echo', (select correlation_id from public.odoo_action_outbox), 0, null),"
                + " ('x.own', gen_random_uuid(), 0, '{\"origin\": {\"source\": \"bridge\"}}'),"
                + " ('x.loop', gen_random_uuid(), 3, null),"
                + " ('x.news', gen_random_uuid(), 0, null)) e (t, c, h, m)");
    replays.subscribe("odoo", "odoo", "{*}", "rest");

    long job = replays.start(ReplayFixture.EVERYTHING, null, 100);
    replays.stepUntilNoneIsDue();

    assertThat(replays.made(job)).containsExactly("4 subscriber:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"events\":[2,4,99]} | 2,4",
        "{\"record\":\"res.partner:42\"} | 1,3",
        "{\"correlation_id\":\"11111111-1111-1111-1111-111111111111\"} | 2,3",
        "{\"since\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-04T00:00:00Z\"} | 2,3",
        "{\"since\":\"2026-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\",\"event_types\":[\"res.*\"]} | 1,2,3",
        "{\"since\":\"2026-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\",\"event_types\":[\"sale.order.done\",\"x.y\"]} | 4",
        "{\"since\":\"2026-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\",\"sources\":[\"supabase\"]} | 4"
      })
  void aSelectionTakesWhatItSays(String filter, String events) {
    insertStory();
    replays.subscribe("all");

    long job = replays.start(filter, null, 100);
    replays.stepUntilNoneIsDue();

    assertThat(replays.made(job))
        .isEqualTo(List.of(events.split(",")).stream().map(id -> id + " subscriber:1").toList());
    assertThat(replays.job(job)).containsEntry("status", "done");
  }

  private void insertStory() {
    replays
        .jdbc()
        .update(
            """
            insert into public.audit_event (source, event_type, resource_id, correlation_id, created_at)
            values ('odoo', 'res.partner.updated', '42', gen_random_uuid(), '2026-01-01Z'),
                   ('odoo', 'res.company.updated', '42', '11111111-1111-1111-1111-111111111111', '2026-01-02Z'),
                   ('odoo', 'res.partner.updated', '42', '11111111-1111-1111-1111-111111111111', '2026-01-03Z'),
                   ('supabase', 'sale.order.done', '7', gen_random_uuid(), '2026-01-04Z')
            """);
  }

  @Test
  void aRecordIsNotAnotherModelsWhoseNameBeginsAlike() {
    replays
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id)"
                + " values ('odoo', 'res.partner.bank.updated', '42'), ('odoo', 'res.partner.updated', '42')");
    replays.subscribe("all");

    assertThat(replays.plan("{\"record\":\"res.partner:42\"}", null, 100, true))
        .containsEntry("selected", 1L);
    assertThat(replays.plan("{\"record\":\"res:42\"}", null, 100, true))
        .containsEntry("selected", 0L);
  }

  @Test
  void eventsThatAreNotStoredAreNamed() {
    insertStory();
    replays.subscribe("all");

    Map<String, Object> plan = replays.plan("{\"events\":[1,98,99]}", null, 100, true);

    assertThat(plan).containsEntry("selected", 1L).containsEntry("missing", "[98, 99]");
  }

  @Test
  void onlyTheSubscriberThatIsAskedForGetsThem() {
    insertStory();
    replays.subscribe("one");
    long two = replays.subscribe("two");

    long job = replays.start("{\"events\":[1]}", two, 100);
    replays.stepUntilNoneIsDue();

    assertThat(replays.made(job)).containsExactly("1 subscriber:" + two);
  }

  @Test
  void theSameReplayIsNotStartedTwiceAtOnce() {
    insertStory();
    replays.subscribe("all");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 1);

    Map<String, Object> again = replays.plan(ReplayFixture.EVERYTHING, null, 5, false);

    assertThat(again.get("job")).isNull();
    assertThat(again).containsEntry("same_job", job);
    replays.change(job, "cancelled");
    assertThat(replays.start(ReplayFixture.EVERYTHING, null, 1)).isGreaterThan(job);
  }

  @Test
  void aReplaySaysWhoStartedItAndWhy() {
    insertStory();
    replays.subscribe("all");
    long job = replays.start("{\"events\":[1,2]}", null, 100);
    replays.stepUntilNoneIsDue();

    assertThat(replays.said()).containsExactly("bridge.replay.started", "bridge.replay.finished");
    assertThat(
            replays
                .jdbc()
                .queryForMap(
                    "select e.resource_id, e.payload ->> 'by' as by, e.payload ->> 'why' as why,"
                        + " e.correlation_id = r.correlation_id as same from public.audit_event e, bridge.replay r"
                        + " where e.event_type = 'bridge.replay.started'"))
        .containsEntry("resource_id", Long.toString(job))
        .containsEntry("by", "ada")
        .containsEntry("why", "a test")
        .containsEntry("same", true);
  }
}
