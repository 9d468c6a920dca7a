package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class ActionWaitsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicInteger lookUps = new AtomicInteger();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private TestDatabase database;
  private ActionWaits waits;

  @BeforeEach
  void start() {
    database = TestDatabase.fresh();
    waits = new ActionWaits(new ActionOutcomes(counted()), new WaitSettings(LONG, 2));
    waits.start();
  }

  private DelegatingDataSource counted() {
    return new DelegatingDataSource(database.dataSource()) {
      @Override
      public java.sql.Connection getConnection() throws java.sql.SQLException {
        lookUps.incrementAndGet();
        return super.getConnection();
      }
    };
  }

  @AfterEach
  void stop() {
    waits.stop();
    callers.shutdownNow();
    database.close();
  }

  @Test
  void aRowThatAnotherReplicaSettledIsFound() {
    long id = insert();
    CompletableFuture<ActionOutcome> caller = call(id);
    await().until(() -> lookUps.get() > 0);
    settle(id);
    assertThat(caller).succeedsWithin(Duration.ofSeconds(5)).isNotNull();
    assertThat(caller.join().responseStatus()).isEqualTo(200);
  }

  @Test
  void aSettledRowWakesOnlyItsOwnCallers() {
    long mine = insert();
    long other = insert();
    CompletableFuture<ActionOutcome> first = call(mine);
    CompletableFuture<ActionOutcome> second = call(other);
    settle(mine);
    waits.rowsFinished("odoo-actions", List.of(mine));
    assertThat(first).succeedsWithin(Duration.ofSeconds(5)).isNotNull();
    assertThat(second).isNotDone();
  }

  @Test
  void whoFindsNoSeatIsToldAtOnceThatTheActionIsOpen() throws InterruptedException {
    long id = insert();
    List<CompletableFuture<ActionOutcome>> seated = new ArrayList<>(List.of(call(id), call(id)));
    await().until(() -> waits.waiting() == 2);
    long start = System.nanoTime();
    assertThat(waits.await(id, LONG)).isNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    settle(id);
    assertThat(seated)
        .allSatisfy(caller -> assertThat(caller).succeedsWithin(Duration.ofSeconds(5)).isNotNull());
  }

  @Test
  void withoutCallersTheDatabaseIsLeftAlone() throws InterruptedException {
    assertThat(waits.await(insert(), Duration.ofMillis(300))).isNull();
    await().until(() -> waits.waiting() == 0);
    int asked = lookUps.get();
    waits.rowsFinished("odoo-actions", List.of(1L));
    await()
        .during(Duration.ofMillis(700))
        .atMost(Duration.ofSeconds(5))
        .until(() -> lookUps.get() <= asked + 1);
  }

  @Test
  void shutdownAnswersEverybodyThatTheActionIsOpen() throws InterruptedException {
    CompletableFuture<ActionOutcome> caller = call(insert());
    await().until(() -> waits.waiting() == 1);
    waits.stop();
    assertThat(caller).succeedsWithin(Duration.ofSeconds(5)).isNull();
    assertThat(waits.await(1, LONG)).isNull();
  }

  @Test
  void aDatabaseThatIsAwayForAWhileCostsNobodyHisAnswer() {
    TestDatabase away = TestDatabase.ownServer();
    try {
      ActionWaits waiting =
          new ActionWaits(new ActionOutcomes(away.dataSource()), new WaitSettings(LONG, 2));
      long id = insert(away);
      waiting.start();
      CompletableFuture<ActionOutcome> caller = call(waiting, id);
      away.stopServer();
      away.startServer();
      settle(away, id);
      assertThat(caller).succeedsWithin(Duration.ofSeconds(25)).isNotNull();
      waiting.stop();
    } finally {
      away.close();
    }
  }

  private CompletableFuture<ActionOutcome> call(long id) {
    return call(waits, id);
  }

  private CompletableFuture<ActionOutcome> call(ActionWaits waiting, long id) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return waiting.await(id, LONG);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        callers);
  }

  private long insert() {
    return insert(database);
  }

  private static long insert(TestDatabase database) {
    return database
        .jdbc()
        .queryForObject(
            "insert into public.odoo_action_outbox (action) values ('x.y') returning id",
            Long.class);
  }

  private void settle(long id) {
    settle(database, id);
  }

  private static void settle(TestDatabase database, long id) {
    await()
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        database
                            .jdbc()
                            .update(
                                "update public.odoo_action_outbox set status = 'applied', response_status = 200 where id = ?",
                                id))
                    .isEqualTo(1));
  }
}
