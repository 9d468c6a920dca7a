package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;

/** How much is written at a time. */
class AckBufferTest {

  @Test
  void largeDeadLettersAreWrittenAFewAtATime() throws InterruptedException {
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    try (EngineFixture fixture = new EngineFixture(TestDatabase.fresh());
        AckBuffer buffer =
            new AckBuffer(
                "ack",
                fixture.store("a"),
                () -> true,
                (batch, ids) -> batch.forEach(ack -> sizes.add(batch.size())))) {
      String payload = "\"" + "x".repeat(1_000_000) + "\"";
      for (int id = 1; id <= 12; id++) {
        Ack ack = new Ack(row(id, payload), Outcome.dead("rejected", "no"), Duration.ZERO, true);
        buffer.add(ack.withoutPayload());
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> sizes.size() == 12);
      assertThat(sizes).allMatch(size -> size <= 4);
    }
  }

  @Test
  void whatARowCarriedIsNotKeptAfterItsEnd() {
    Ack done = new Ack(row(1, "{}"), Outcome.done("ok"), Duration.ZERO, true).withoutPayload();
    assertThat(done.row().fetched()).isFalse();
  }

  private static ClaimedRow row(long id, String payload) {
    return new ClaimedRow(
        id, id, "odoo", "", "k", 1, null, UUID.randomUUID(), 0, null, null, Instant.EPOCH, payload);
  }
}
