package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.insightpulseai.bridge.TestClock;
import net.insightpulseai.bridge.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** Nothing is claimed for a target that its guard has not let through. */
class ReadinessProbesTest {

  private static final TargetProbe.Fault COPY = new TargetProbe.Fault("copy", "a copy", true);

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicBoolean possible = new AtomicBoolean(true);
  private final AtomicReference<TargetProbe.@Nullable Fault> found = new AtomicReference<>();
  private final AtomicReference<@Nullable RuntimeException> thrown = new AtomicReference<>();
  private final TestClock clock = TestClock.standing();
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
    fixture.clock = clock;
    fixture.probes.add(
        new TargetProbe() {
          @Override
          public boolean readiness() {
            return true;
          }

          @Override
          public boolean covers(String target) {
            return target.equals("odoo");
          }

          @Override
          public boolean possible() {
            return possible.get();
          }

          @Override
          public @Nullable Fault probe(String target) {
            asked.incrementAndGet();
            RuntimeException failure = thrown.get();
            if (failure != null) {
              throw failure;
            }
            return found.get();
          }
        });
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void nothingIsSentBeforeTheGuardWasAsked() {
    long guarded = fixture.insert("x.y", "{}");
    long other = fixture.insertFor("subscriber:1", "");
    QueueEngine engine = fixture.engine("a", this::send);

    fixture.awaitStatus(other, "applied");
    assertThat(fixture.status(guarded)).isEqualTo("queued");
    assertThat(asked).hasValue(0);

    engine.askTargets();
    fixture.awaitStatus(guarded, "applied");
    assertThat(asked).hasValue(1);
  }

  @Test
  void whatTheGuardHoldsBackCostsNoAttemptAndGoesOnWhenItIsContent() {
    found.set(COPY);
    long id = fixture.insert("x.y", "{}");
    QueueEngine engine = fixture.engine("a", this::send);
    ask(engine, 1);
    ask(engine, 2);

    assertThat(sent).hasValue(0);
    assertThat(fixture.row(id)).containsEntry("status", "queued").containsEntry("attempts", 0);
    found.set(null);
    ask(engine, 3);
    fixture.awaitStatus(id, "applied");
  }

  @Test
  void theGuardIsAskedAgainWhileRowsComeAndStopsATargetThatWorked() {
    long first = fixture.insert("x.y", "{}");
    QueueEngine engine = fixture.engine("a", this::send);
    ask(engine, 1);
    fixture.awaitStatus(first, "applied");

    found.set(COPY);
    clock.pass(Duration.ofSeconds(31));
    fixture.awaitStatus(fixture.insert("x.y", "{}"), "applied");
    ask(engine, 2);
    long later = fixture.insert("x.y", "{}");
    await()
        .during(Duration.ofMillis(300))
        .untilAsserted(() -> assertThat(fixture.status(later)).isEqualTo("queued"));
  }

  @Test
  void aRowThatIsDeliveredAllTheSameDoesNotOverruleTheGuard() throws Exception {
    CountDownLatch inFlight = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    long slow = fixture.insert("x.y", "{}");
    QueueEngine engine =
        fixture.engine(
            "a",
            row -> {
              inFlight.countDown();
              goOn.await();
              return ok();
            });
    ask(engine, 1);
    inFlight.await();
    found.set(COPY);
    clock.pass(Duration.ofSeconds(31));
    fixture.insert("x.y", "{}");
    await().until(() -> fixture.count("status = 'sent'") == 2);
    ask(engine, 2);
    long held = fixture.insert("x.y", "{}");

    goOn.countDown();
    fixture.awaitStatus(slow, "applied");
    await()
        .during(Duration.ofMillis(300))
        .untilAsserted(() -> assertThat(fixture.status(held)).isEqualTo("queued"));
  }

  @Test
  void aGuardThatCannotTellChangesNothing() {
    thrown.set(new DataAccessResourceFailureException("away"));
    long id = fixture.insert("x.y", "{}");
    QueueEngine engine = fixture.engine("a", this::send);
    ask(engine, 1);
    assertThat(fixture.status(id)).isEqualTo("queued");
    thrown.set(null);
    clock.pass(Duration.ofSeconds(1));
    ask(engine, 2);
    fixture.awaitStatus(id, "applied");

    thrown.set(new DataAccessResourceFailureException("away"));
    clock.pass(Duration.ofSeconds(31));
    long second = fixture.insert("x.y", "{}");
    fixture.awaitStatus(second, "applied");
    ask(engine, 3);
    fixture.awaitStatus(fixture.insert("x.y", "{}"), "applied");
  }

  @Test
  void aSuspectOutcomeAsksTheGuardAsWell() {
    long id = fixture.insert("x.y", "{}");
    QueueEngine engine =
        fixture.engine(
            "a",
            row -> {
              found.set(COPY);
              return Outcome.retry("unavailable", "503", Duration.ofHours(1)).suspected();
            });
    ask(engine, 1);
    await()
        .untilAsserted(
            () ->
                assertThat(fixture.row(id))
                    .containsEntry("status", "queued")
                    .containsEntry("last_error", "a copy"));
    assertThat(fixture.row(id)).containsEntry("attempts", 0);
  }

  @Test
  void aGuardThatCannotTellYetIsNotAskedAndLetsNothingThrough() {
    possible.set(false);
    long id = fixture.insert("x.y", "{}");
    QueueEngine engine = fixture.engine("a", this::send);
    for (int turn = 0; turn < 20; turn++) {
      clock.pass(Duration.ofMillis(250));
      engine.askTargets();
    }
    assertThat(asked).hasValue(0);
    assertThat(sent).hasValue(0);

    possible.set(true);
    ask(engine, 1);
    fixture.awaitStatus(id, "applied");
  }

  @Test
  void aRequestThatComesWhileTheProbeRunsIsNotLost() {
    AtomicReference<ReadinessProbes> readiness = new AtomicReference<>();
    TargetProbe slow =
        new TargetProbe() {
          @Override
          public boolean readiness() {
            return true;
          }

          @Override
          public boolean covers(String target) {
            return true;
          }

          @Override
          public @Nullable Fault probe(String target) {
            if (asked.incrementAndGet() == 1) {
              readiness.get().probeSoon();
            }
            return null;
          }
        };
    readiness.set(new ReadinessProbes(List.of(slow), clock));

    readiness.get().probe("odoo");
    assertThat(readiness.get().isReady("odoo")).isTrue();
    assertThat(readiness.get().due()).containsExactly("odoo");
    readiness.get().probe("odoo");
    assertThat(readiness.get().due()).isEmpty();
  }

  /** As the keeper does every quarter of a second, until the guard has been asked so often. */
  private void ask(QueueEngine engine, int times) {
    await()
        .until(
            () -> {
              clock.pass(Duration.ofMillis(250));
              engine.askTargets();
              return asked.get() >= times;
            });
  }

  private Outcome send(ClaimedRow row) {
    sent.incrementAndGet();
    return ok();
  }
}
