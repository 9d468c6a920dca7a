package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.ConcurrencyFailureException;

/** What an operator may do with dead rows, whoever else is at work; of both queues alike. */
class DeadRowsTest {

  private static final String LANE = "res.partner:1";

  private final DeadRowsFixture fixture = new DeadRowsFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void aDeadRowGoesBackWithItsKeyAndAllItsAttempts(Queue queue) {
    long id = fixture.dead(queue, LANE);
    Object key = fixture.row(queue, id).get("idempotency_key");
    assertThat(fixture.requeue(queue, fixture.open(queue, id))).isEqualTo("requeued");
    assertThat(fixture.row(queue, id))
        .containsEntry("status", "queued")
        .containsEntry("attempts", 0)
        .containsEntry("last_error", null)
        .containsEntry("idempotency_key", key);
    assertThat(fixture.jdbc.queryForMap("select * from bridge.dead_letter"))
        .containsEntry("resolution", "requeued")
        .containsEntry("resolved_by", "ann")
        .containsEntry("resolved_why", "mended");
    assertThat(fixture.claim(queue)).extracting(ClaimedRow::id).containsExactly(id);
  }

  @ParameterizedTest
  @EnumSource
  void twoWhoRequeueAtTheSameMomentRequeueOnce(Queue queue) {
    DeadRows.Asked asked = fixture.open(queue, fixture.dead(queue, LANE));
    String second =
        fixture.whileUncommitted(
            () -> assertThat(fixture.requeue(queue, asked)).isEqualTo("requeued"),
            () -> fixture.requeue(queue, asked));
    assertThat(second).isEqualTo("already_resolved");
    assertThat(fixture.audited("bridge." + noun(queue) + ".requeued")).hasSize(1);
  }

  @Test
  void howeverManyRequeueAtOnceOneDoes() throws Exception {
    for (int round = 0; round < 20; round++) {
      DeadRows.Asked asked = fixture.open(Queue.ODOO_ACTIONS, fixture.dead(Queue.ODOO_ACTIONS, ""));
      CyclicBarrier together = new CyclicBarrier(4);
      List<CompletableFuture<String>> all =
          IntStream.range(0, 4)
              .mapToObj(
                  n ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            meet(together);
                            return n == 0
                                ? fixture.discard(Queue.ODOO_ACTIONS, asked)
                                : fixture.requeue(Queue.ODOO_ACTIONS, asked);
                          }))
              .toList();
      assertThat(all.stream().map(CompletableFuture::join).toList())
          .filteredOn(word -> Set.of("requeued", "discarded").contains(word))
          .hasSize(1);
      fixture.jdbc.update("update public.odoo_action_outbox set status = 'applied'");
    }
    assertThat(
            fixture.jdbc.queryForObject(
                "select count(*) from public.audit_event where event_type ~ '(requeued|discarded)$'",
                Integer.class))
        .isEqualTo(20);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowIsNotRequeuedBesideALaterOneOfItsLaneThatIsInFlight(Queue queue) {
    long first = fixture.dead(queue, LANE);
    long second = fixture.insert(queue, LANE);
    List<ClaimedRow> inFlight = fixture.claim(queue);
    assertThat(inFlight).extracting(ClaimedRow::id).containsExactly(second);

    assertThat(fixture.requeue(queue, fixture.open(queue, first))).isEqualTo("overtaken");
    assertThat(fixture.requeue(queue, fixture.open(queue, first), true)).isEqualTo("requeued");
    assertThat(fixture.claim(queue)).as("the lane has one in flight").isEmpty();
    fixture.settle(queue, inFlight, done(200, ""));
    assertThat(fixture.claim(queue)).extracting(ClaimedRow::id).containsExactly(first);
  }

  @ParameterizedTest
  @EnumSource
  void aClaimThatBeganBeforeARequeueDoesNotTakeTheLaterRow(Queue queue) {
    long first = fixture.dead(queue, LANE);
    long second = fixture.insert(queue, LANE);
    // Its snapshot is from before; a row that has changed since then cannot be claimed in it.
    assertThatThrownBy(
            () ->
                fixture.inSnapshot(
                    () ->
                        assertThat(fixture.requeue(queue, fixture.open(queue, first)))
                            .isEqualTo("requeued"),
                    () -> fixture.claim(queue)))
        .isInstanceOf(ConcurrencyFailureException.class);

    List<ClaimedRow> claimed = fixture.claim(queue);
    assertThat(claimed).extracting(ClaimedRow::id).containsExactly(first);
    fixture.settle(queue, claimed, done(200, ""));
    assertThat(fixture.claim(queue)).extracting(ClaimedRow::id).containsExactly(second);
  }

  @ParameterizedTest
  @EnumSource
  void aRowIsNotRequeuedBesideALaterOneThatIsJustBeingClaimed(Queue queue) {
    long first = fixture.dead(queue, LANE);
    long second = fixture.insert(queue, LANE);
    String word =
        fixture.whileUncommitted(
            () ->
                assertThat(fixture.claim(queue)).extracting(ClaimedRow::id).containsExactly(second),
            () -> fixture.requeue(queue, fixture.open(queue, first)));
    assertThat(word).isEqualTo("overtaken");
    assertThat(fixture.row(queue, first)).containsEntry("status", "error");
  }

  @ParameterizedTest
  @EnumSource
  void aLaterRowIsNotClaimedBesideOneThatIsJustBeingRequeued(Queue queue) {
    long first = fixture.dead(queue, LANE);
    fixture.insert(queue, LANE);
    List<ClaimedRow> meanwhile =
        fixture.whileUncommitted(
            () ->
                assertThat(fixture.requeue(queue, fixture.open(queue, first)))
                    .isEqualTo("requeued"),
            () -> fixture.claim(queue));
    assertThat(meanwhile).isEmpty();
    assertThat(fixture.claim(queue)).extracting(ClaimedRow::id).containsExactly(first);
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatALaterOneHasOvertakenGoesBackOnlyByForce(Queue queue) {
    long first = fixture.dead(queue, LANE);
    fixture.insert(queue, LANE);
    fixture.settle(queue, fixture.claim(queue), done(200, ""));
    assertThat(fixture.requeue(queue, fixture.open(queue, first))).isEqualTo("overtaken");
    assertThat(fixture.requeue(queue, fixture.open(queue, first), true)).isEqualTo("requeued");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDeadOrQueuedBehindDoesNotOvertake(Queue queue) {
    long first = fixture.dead(queue, LANE);
    long second = fixture.dead(queue, LANE);
    fixture.insert(queue, LANE);
    fixture.insert(queue, "res.partner:2");
    assertThat(fixture.requeue(queue, fixture.open(queue, second))).isEqualTo("requeued");
    assertThat(fixture.requeue(queue, fixture.open(queue, first))).isEqualTo("requeued");
  }

  @ParameterizedTest
  @EnumSource
  void rowsWithoutALaneAreNeverOvertaken(Queue queue) {
    long first = fixture.dead(queue, "");
    fixture.insert(queue, "");
    fixture.settle(queue, fixture.claim(queue), done(200, ""));
    assertThat(fixture.requeue(queue, fixture.open(queue, first))).isEqualTo("requeued");
  }

  @ParameterizedTest
  @EnumSource
  void anOldLetterDoesNotRequeueARowThatDiedAgain(Queue queue) {
    DeadRows.Asked old = fixture.open(queue, fixture.dead(queue, LANE));
    fixture.requeue(queue, old);
    fixture.settle(queue, fixture.claim(queue), Outcome.dead("rejected", "again"));
    assertThat(fixture.requeue(queue, old)).isEqualTo("already_resolved");
    assertThat(fixture.discard(queue, old)).isEqualTo("already_resolved");
    assertThat(fixture.row(queue, old.rowId())).containsEntry("status", "error");
  }

  @ParameterizedTest
  @EnumSource
  void aDiscardedRowStaysDead(Queue queue) {
    long id = fixture.dead(queue, LANE);
    DeadRows.Asked asked = fixture.open(queue, id);
    assertThat(fixture.discard(queue, asked)).isEqualTo("discarded");
    assertThat(fixture.row(queue, id)).containsEntry("status", "error");
    assertThat(fixture.requeue(queue, asked)).isEqualTo("already_resolved");
    assertThat(fixture.audited("bridge." + noun(queue) + ".discarded"))
        .singleElement()
        .asString()
        .contains("\"by\": \"ann\"", "\"why\": \"mended\"");
  }

  static String noun(Queue queue) {
    return queue == Queue.ODOO_ACTIONS ? "action" : "delivery";
  }
}
