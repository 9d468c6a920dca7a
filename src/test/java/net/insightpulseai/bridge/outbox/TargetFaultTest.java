package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestClock;
import net.insightpulseai.bridge.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A target that is away costs no row an attempt; a row that its target refuses costs itself one.
 */
class TargetFaultTest {

  private final AtomicBoolean up = new AtomicBoolean(true);
  private final AtomicInteger probed = new AtomicInteger();
  private final TestClock clock = TestClock.standing();
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
    fixture.clock = clock;
    fixture.probes.add(
        new TargetProbe() {
          @Override
          public boolean covers(String target) {
            return target.equals("odoo");
          }

          @Override
          public @Nullable Fault probe(String target) {
            probed.incrementAndGet();
            return up.get() ? null : new Fault("unreachable", "connection refused", false);
          }
        });
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aProbeThatTakesLongIsNotBegunAgain() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicBoolean slow = new AtomicBoolean();
    TargetProbe probe =
        new TargetProbe() {
          @Override
          public boolean covers(String target) {
            return true;
          }

          @Override
          public Fault probe(String target) {
            if (slow.get()) {
              begun.countDown();
              await().until(() -> end.getCount() == 0);
            }
            return new Fault("unreachable", "connection refused", false);
          }
        };
    CircuitBreakers breakers = new CircuitBreakers(List.of(probe), clock);
    breakers.probe("odoo");
    clock.pass(Duration.ofMinutes(1));
    assertThat(breakers.due()).containsExactly("odoo");
    slow.set(true);
    CompletableFuture<Void> probing = CompletableFuture.runAsync(() -> breakers.probeAgain("odoo"));
    begun.await();
    assertThat(breakers.due()).isEmpty();
    end.countDown();
    probing.join();
  }

  @Test
  void aSuspectOutcomeCountsWhenTheTargetAnswersItsPing() {
    long id = fixture.insert("x.y", "{}");
    fixture.engine(
        "a", row -> Outcome.retry("timeout", "no answer", Duration.ofHours(1)).suspected());
    await()
        .until(
            () ->
                fixture.count("attempts = 1 and status = 'queued' and next_attempt_at > now()")
                    == 1);
    assertThat(probed).hasValue(1);
    assertThat(fixture.row(id)).containsEntry("last_error", "no answer");
  }

  @Test
  void aTargetWithoutAProbeIsNeverAtFault() {
    fixture.insertFor("subscriber:1", "");
    fixture.engine(
        "a", row -> Outcome.retry("timeout", "no answer", Duration.ofHours(1)).suspected());
    await().until(() -> fixture.count("attempts = 1 and status = 'queued'") == 1);
    assertThat(probed).hasValue(0);
  }

  @Test
  void whatTookTooLongIsNotTheNextOneAgainWhenTheTargetIsBack() {
    up.set(false);
    fixture.insert("x.y", "{}");
    fixture.engine(
        "a", row -> Outcome.retry(Outcome.TIMEOUT, "no answer", Duration.ofHours(1)).suspected());
    await()
        .until(
            () ->
                fixture.count(
                        "status = 'queued' and attempts = 0 and next_attempt_at > now() + interval '50 min'")
                    == 1);
  }

  @Test
  void aRefusalOfATargetThatIsAtFaultIsNoDeadLetterAndDueAtOnce() {
    up.set(false);
    long id = fixture.insert("x.y", "{}");
    fixture.engine("a", row -> Outcome.dead("rejected", "a login page").suspected());
    await()
        .until(
            () ->
                fixture.count("status = 'queued' and attempts = 0 and next_attempt_at <= now()")
                    == 1);
    assertThat(fixture.row(id)).containsEntry("last_error", "connection refused");
    assertThat(fixture.jdbc.queryForList("select 1 from bridge.dead_letter")).isEmpty();
  }

  @Test
  void twoHoursAwayBurnNoAttemptAndAllIsDrainedInOrderAfterwards() {
    up.set(false);
    List<Long> applied = new CopyOnWriteArrayList<>();
    QueueEngine engine =
        fixture.engine(
            "a",
            row -> {
              if (!up.get()) {
                return Outcome.retry("unreachable", "refused", Duration.ofSeconds(5)).suspected();
              }
              applied.add(row.id());
              return ok();
            });
    for (int i = 0; i < 30; i++) {
      fixture.insert("res.partner.update", "{\"id\": 9}");
    }
    await().until(() -> probed.get() > 0 && fixture.count("status = 'sent'") == 0);
    int seen = 0;
    for (int minute = 0; minute < 120; minute++) {
      clock.pass(Duration.ofSeconds(60));
      int before = probed.get();
      engine.askTargets();
      await().until(() -> probed.get() > before);
      seen++;
    }
    assertThat(seen).isEqualTo(120);
    await()
        .during(Duration.ofMillis(100))
        .until(() -> fixture.count("status = 'queued' and attempts = 0") == 30);

    up.set(true);
    clock.pass(Duration.ofSeconds(60));
    engine.askTargets();
    fixture.awaitCount("status = 'applied'", 30);
    assertThat(applied).isSorted().hasSize(30);
    assertThat(fixture.count("attempts = 1")).isEqualTo(30);
  }
}
