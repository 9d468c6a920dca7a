package net.insightpulseai.bridge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What goes and what stays of deliveries, their dead letters and attempts, and replays. */
class FanOutRetentionTest extends BridgeTest {

  @Autowired private ProducerTemplate template;

  @Test
  void nothingUndeliveredGoesWhateverItsAge() {
    delivery("delivered", 900);
    delivery("queued", 900);
    delivery("sent", 900);
    delivery("error", 900);
    letter(4, null, 0);
    delivery("error", 900);
    delivery("error", 900);
    letter(6, "discarded", 6);
    delivery("error", 900);
    letter(7, "discarded", 8);

    deleteWhatIsOld();

    assertThat(left("id", "bridge.event_delivery"))
        .as("delivered and discarded ones are gone; one without a letter nobody has dealt with")
        .containsExactly("2", "3", "4", "5", "6");
    assertThat(left("row_id", "bridge.dead_letter")).containsExactly("4", "6");
  }

  @Test
  void whatWasDeliveredLateIsKeptFromThenOn() {
    delivery("delivered", 900);
    jdbc().update("update bridge.event_delivery set delivered_at = now() - interval '6 days'");

    deleteWhatIsOld();

    assertThat(left("id", "bridge.event_delivery")).containsExactly("1");
  }

  @Test
  void aRequeuedDeliverysLetterStaysUntilItIsDelivered() {
    delivery("queued", 900);
    letter(1, "requeued", 800);
    delivery("delivered", 2);
    letter(2, "requeued", 800);

    deleteWhatIsOld();

    assertThat(left("row_id", "bridge.dead_letter")).containsExactly("1");
  }

  @Test
  void attemptsGoWithTheirDelivery() {
    delivery("queued", 900);
    delivery("delivered", 900);
    for (long row : new long[] {1, 2}) {
      jdbc()
          .update(
              "insert into bridge.attempt (queue, row_id, target, attempt, class, at)"
                  + " values ('event-deliveries', ?, 'nobody', 1, 'timeout', now() - interval '900 days')",
              row);
    }

    deleteWhatIsOld();

    assertThat(left("row_id", "bridge.attempt")).containsExactly("1");
  }

  @Test
  void anEndedReplayGoesWithTheLastOfItsDeliveries() {
    replay("done", "{\"events\":[1]}", 8);
    replay("cancelled", "{\"events\":[1]}", 8);
    replay("done", "{\"events\":[1]}", 6);
    replay("done", "{\"events\":[1]}", 8);
    delivery("queued", 8);
    jdbc().update("update bridge.event_delivery set replay_id = 4");

    deleteWhatIsOld();

    assertThat(left("id", "bridge.replay")).containsExactly("3", "4");
  }

  @Test
  void anUnfinishedReplayStaysWhateverItsAge() {
    replay("running", "{\"events\":[1]}", 900);
    replay("paused", "{\"events\":[2]}", 900);

    deleteWhatIsOld();

    assertThat(left("status", "bridge.replay")).containsExactly("paused", "running");
  }

  private void deleteWhatIsOld() {
    template.sendBody("direct:delete-finished", "");
    template.sendBody("direct:delete-old-events", "");
  }

  /** One that no engine touches. */
  private void delivery(String status, int daysAgo) {
    jdbc()
        .update(
            "insert into bridge.event_delivery (target, event_id, event_created_at, status, correlation_id, idempotency_key,"
                + " created_at, delivered_at, next_attempt_at, lease_until)"
                + " select 'nobody', 99, t, ?, gen_random_uuid(), '', t, case when ? = 'delivered' then t end, 'infinity', 'infinity'"
                + " from (select now() - make_interval(days => ?) as t) at",
            status,
            status,
            daysAgo);
  }

  private void letter(long row, String resolution, int daysAgo) {
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, resolution, resolved_at)"
                + " values ('event-deliveries', ?, 'nobody', '', 'rejected', 1, ?,"
                + " case when ?::text is not null then now() - make_interval(days => ?) end)",
            row,
            resolution,
            resolution,
            daysAgo);
  }

  /** One that no timer steps. */
  private void replay(String status, String filter, int daysAgo) {
    jdbc()
        .update(
            "insert into bridge.replay (status, filter, subscribers, rate, cursor, until_id, total, who, why, next_at,"
                + " created_at, finished_at)"
                + " values (?, ?::jsonb, '{1}', 1, 0, 9, 3, 'ada', 'a test', 'infinity', now() - make_interval(days => ?),"
                + " case when ? in ('done', 'cancelled') then now() - make_interval(days => ?) end)",
            status, filter, daysAgo, status, daysAgo);
  }

  private List<String> left(String column, String table) {
    return jdbc()
        .queryForList("select " + column + "::text from " + table + " order by 1", String.class);
  }
}
