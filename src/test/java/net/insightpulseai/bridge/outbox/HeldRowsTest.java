package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static net.insightpulseai.bridge.outbox.EngineFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that were claimed ahead and cannot start go back at once, and as if nothing had been. */
class HeldRowsTest {

  private static final int ROWS = 60;
  private static final int SLOTS = 8;

  /** Calls that end at once, by which the engine learns how fast the target is. */
  private static final int QUICK = 8;

  private EngineFixture fixture;
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final EngineFixture.OneByOne handler = this::quickThenWaiting;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
    // So far ahead that a target's silence alone gives nothing back during a test.
    fixture.settings = settings(Duration.ofMillis(20), 32, SLOTS, Duration.ofSeconds(300), false);
  }

  @AfterEach
  void close() {
    release.countDown();
    fixture.close();
  }

  private Outcome quickThenWaiting(ClaimedRow row) throws Exception {
    if (calls.incrementAndGet() <= QUICK) {
      return ok();
    }
    release.await(30, TimeUnit.SECONDS);
    return failing.get()
        ? ((Failed) Outcome.retry("unreachable", "refused", Duration.ofHours(1))).suspected()
        : ok();
  }

  /** An engine with eight rows done, eight in flight, and the rest in memory. */
  private QueueEngine holding() {
    for (int i = 0; i < ROWS; i++) {
      fixture.insert("x.y", "{}");
    }
    QueueEngine engine = fixture.engine("a", handler);
    fixture.awaitCount("status = 'sent'", ROWS - QUICK);
    await().until(() -> engine.inFlight() == SLOTS && engine.held() == ROWS - QUICK - SLOTS);
    return engine;
  }

  private void awaitGivenBack(int inFlight) {
    await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> fixture.count("status = 'sent'") == inFlight);
    assertThat(
            fixture.count(
                "status = 'queued' and attempts = 0 and unreported = 0 and last_error is null"
                    + " and next_attempt_at <= now()"))
        .isEqualTo(ROWS - QUICK - SLOTS);
    assertThat(fixture.jdbc.queryForObject("select count(*) from bridge.attempt", Integer.class))
        .isEqualTo(SLOTS - inFlight);
  }

  @Test
  void whenTheTargetIsPausedHere() {
    QueueEngine engine = holding();
    QueueWakeUp wakeUp = new QueueWakeUp();
    wakeUp.register("odoo-actions", engine::wake, engine::lookNow);
    new TargetStates(fixture.named, wakeUp)
        .stop("odoo", TargetStates.Stop.PAUSED, "operator", "maintenance");
    awaitGivenBack(SLOTS);
    assertThat(calls).hasValue(QUICK + SLOTS);
  }

  @Test
  void whenTheTargetIsPausedByAnotherInstance() {
    holding();
    new TargetStates(fixture.named, new QueueWakeUp())
        .stop("odoo", TargetStates.Stop.PAUSED, "operator", "maintenance");
    awaitGivenBack(SLOTS);
  }

  @Test
  void whenTheCircuitOpens() {
    fixture.probes.add(
        new TargetProbe() {
          @Override
          public boolean covers(String target) {
            return true;
          }

          @Override
          public Fault probe(String target) {
            return new Fault("unreachable", "nobody answers", false);
          }
        });
    holding();
    failing.set(true);
    release.countDown();
    awaitGivenBack(0);
    assertThat(calls).hasValue(QUICK + SLOTS);
  }

  @Test
  void whenTheRouteIsReplacedAndItsSuccessorSendsThemForTheFirstTime() {
    QueueEngine engine = holding();
    engine.detach(handler);
    awaitGivenBack(SLOTS);

    Queue<ClaimedRow> sent = new ConcurrentLinkedQueue<>();
    EngineFixture.OneByOne successor =
        row -> {
          sent.add(row);
          return ok();
        };
    engine.attach(successor, EngineFixture.LEASE);
    release.countDown();
    fixture.awaitCount("status = 'applied'", ROWS);
    assertThat(sent).hasSize(ROWS - QUICK - SLOTS).allMatch(row -> row.attempt() == 1);
  }

  @Test
  void whenTheEngineIsClosedAndBeforeTheCallsInFlightEnd() {
    QueueEngine engine = holding();
    engine.detach(handler);
    Thread closer = new Thread(engine::close);
    closer.start();
    awaitGivenBack(SLOTS);
    assertThat(closer.isAlive()).isTrue();
    release.countDown();
    fixture.awaitCount("status = 'applied'", QUICK + SLOTS);
  }

  @Test
  void whenTheTargetOnlyFails() {
    for (int i = 0; i < 200; i++) {
      fixture.insert("x.y", "{}");
    }
    fixture.engine(
        "a",
        row -> {
          if (calls.incrementAndGet() <= QUICK) {
            return ok();
          }
          if (calls.get() > 60) {
            release.await(30, TimeUnit.SECONDS);
          }
          return Outcome.retry("rejected", "no", Duration.ofHours(1));
        });
    await().atMost(Duration.ofSeconds(20)).until(() -> calls.get() > 60);
    await().atMost(Duration.ofSeconds(5)).until(() -> fixture.count("status = 'sent'") == 1);
  }

  @Test
  void whenTheTargetFallsSilentWhileAnotherIsServed() {
    fixture.settings = settings(Duration.ofMillis(20), 32, SLOTS, Duration.ofMillis(200), false);
    for (int i = 0; i < ROWS; i++) {
      fixture.insertFor("silent", "");
      fixture.insertFor("quick", "");
    }
    fixture.engine("a", row -> row.target().equals("quick") ? ok() : quickThenWaiting(row));
    fixture.awaitCount("target = 'quick' and status = 'applied'", ROWS);
    await()
        .atMost(Duration.ofSeconds(8))
        .until(() -> fixture.count("target = 'silent' and status = 'sent'") == SLOTS);
    assertThat(fixture.count("target = 'silent' and status = 'queued' and attempts = 0"))
        .isEqualTo(ROWS - QUICK - SLOTS);
  }

  @Test
  void aLargePayloadIsFetchedWhenItsRowStarts() {
    String large = "a".repeat(100_000);
    long id = fixture.insert("x.y", "{\"text\": \"" + large + "\"}");
    ClaimedRow claimed =
        fixture
            .store("b")
            .claim("odoo", BatchPolicy.ONE_BY_ONE, 1, LaneCursor.START, EngineFixture.LEASE)
            .rows()
            .get(0);
    assertThat(claimed.fetched()).isFalse();
    fixture.store("b").releaseOwn();
    fixture.jdbc.update("update public.odoo_action_outbox set next_attempt_at = now()");

    Queue<String> payloads = new ConcurrentLinkedQueue<>();
    fixture.engine(
        "a",
        row -> {
          payloads.add(row.payload());
          return ok();
        });
    fixture.awaitStatus(id, "applied");
    assertThat(payloads).singleElement().asString().contains(large);
  }
}
