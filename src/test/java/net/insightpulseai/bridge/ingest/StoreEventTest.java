package net.insightpulseai.bridge.ingest;

import static net.insightpulseai.bridge.ingest.Events.withId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.http.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class StoreEventTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<GroupCommit> started = new ArrayList<>();
  private TestDatabase database;

  @BeforeEach
  void createDatabase() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void dropDatabase() {
    started.forEach(GroupCommit::stop);
    database.close();
  }

  @Test
  void theSameEventAHundredTimesAtOnceIsOneRow() throws Exception {
    StoreEvent storeEvent = storeEvent(start(commit()), LONG);
    ExecutorService callers = Executors.newFixedThreadPool(100);
    try {
      List<Future<List<EventResult>>> answers =
          callers.invokeAll(
              IntStream.range(0, 100)
                  .<Callable<List<EventResult>>>mapToObj(
                      i -> () -> storeEvent.store(List.of(withId("e1"))))
                  .toList());
      List<Stored> stored = new ArrayList<>();
      for (Future<List<EventResult>> answer : answers) {
        stored.add((Stored) answer.get().get(0));
      }
      assertThat(stored).filteredOn(one -> !one.duplicate()).hasSize(1);
      assertThat(stored.stream().map(Stored::id).distinct()).hasSize(1);
      assertThat(stored.stream().map(Stored::correlationId).distinct()).hasSize(1);
    } finally {
      callers.shutdown();
    }
    assertThat(rows()).isOne();
  }

  @Test
  void requestsThatGatherAreOneCommitAndOnePoisonedIsRefusedAlone() throws Exception {
    GroupCommit commit = commit();
    List<Submission> submissions =
        IntStream.range(0, 256)
            .mapToObj(i -> commit.submit(List.of(withId("e" + i, i == 99 ? "\"\\u0000\"" : "1"))))
            .toList();
    start(commit);
    int refused = 0;
    for (Submission submission : submissions) {
      EventResult result = submission.results().get(30, TimeUnit.SECONDS).get(0);
      if (result instanceof RejectedEvent poison) {
        assertThat(poison.refusal().status()).isEqualTo(400);
        assertThat(submission).isSameAs(submissions.get(99));
        refused++;
      }
    }
    assertThat(refused).isOne();
    assertThat(rows()).isEqualTo(255);
    assertThat(registry.get("bridge.ingest.batch").summary().count()).isOne();
    assertThat(registry.get("bridge.ingest.batch").summary().max()).isEqualTo(256);
    assertThat(registry.get("bridge.ingest.stored").counter().count()).isEqualTo(255);
    assertThat(registry.get("bridge.ingest.refused").counter().count()).isOne();
    assertThat(registry.get("bridge.ingest.commit").timer().count()).isOne();
  }

  @Test
  void duplicatesAreCounted() {
    StoreEvent storeEvent = storeEvent(start(commit()), LONG);
    storeEvent.store(List.of(withId("e1"), withId("e1")));
    assertThat(registry.get("bridge.ingest.duplicates").counter().count()).isOne();
  }

  @Test
  void anEventWhoseCallerGaveUpIsADuplicateWhenItComesAgain() throws Exception {
    GroupCommit commit = start(commit());
    StoreEvent impatient = storeEvent(commit, Duration.ofMillis(300));
    try (Connection other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table public.audit_event in exclusive mode");
      assertUnavailable(impatient, "not_stored_in_time");
      other.rollback();
    }
    await().atMost(LONG).until(() -> rows() == 1);
    Stored again = (Stored) storeEvent(commit, LONG).store(List.of(withId("e1"))).get(0);
    assertThat(again.duplicate()).isTrue();
    assertThat(rows()).isOne();
  }

  @Test
  void anEventThatNoWriterTookBeforeItsCallerGaveUpIsNotStored() {
    GroupCommit commit = commit();
    assertUnavailable(storeEvent(commit, Duration.ofMillis(20)), "not_stored_in_time");
    start(commit);
    storeEvent(commit, LONG).store(List.of(withId("e2")));
    assertThat(database.jdbc().queryForList("select event_id from bridge.event_key", String.class))
        .containsExactly("e2");
  }

  @Test
  void aFullQueueRefusesAtOnce() {
    GroupCommit commit = commit(database.dataSource(), 1);
    commit.submit(List.of(withId("e0")));
    assertUnavailable(storeEvent(commit, LONG), "busy");
  }

  @Test
  void aStoppedDatabaseIs503AndNeedsNoRestartOfTheBridge() {
    try (TestDatabase own = TestDatabase.ownServer()) {
      GroupCommit commit = start(commit(own.dataSource(), 512));
      StoreEvent storeEvent = storeEvent(commit, Duration.ofSeconds(2));
      storeEvent.store(List.of(withId("e0")));
      own.stopServer();
      Refusal refusal =
          catchThrowableOfType(
              Refusal.class,
              () ->
                  new EventAnswer(ExactJson.mapper())
                      .of(single(withId("e1")), storeEvent.store(List.of(withId("e1")))));
      assertThat(refusal.status()).isEqualTo(503);
      assertThat(refusal.retryAfterSeconds()).isPositive();
      own.startServer();
      await()
          .atMost(LONG)
          .ignoreExceptionsInstanceOf(Refusal.class)
          .until(() -> storeEvent.store(List.of(withId("e1"))).get(0) instanceof Stored);
      assertThat(own.jdbc().queryForObject("select count(*) from public.audit_event", Long.class))
          .isEqualTo(2);
    }
  }

  @Test
  void aWriterOutlivesWhateverABatchThrows() {
    AtomicBoolean broken = new AtomicBoolean(true);
    DataSource failing =
        new DelegatingDataSource(database.dataSource()) {
          @Override
          public Connection getConnection() throws SQLException {
            if (broken.getAndSet(false)) {
              throw new StackOverflowError("once");
            }
            return super.getConnection();
          }
        };
    StoreEvent storeEvent = storeEvent(start(commit(failing, 512)), LONG);
    assertUnavailable(storeEvent, "not_stored");
    assertThat(storeEvent.store(List.of(withId("e1"))).get(0)).isInstanceOf(Stored.class);
  }

  @Test
  void stoppingStoresWhatWaitsAndTakesNothingMore() {
    GroupCommit commit = commit();
    List<Submission> waiting =
        IntStream.range(0, 500).mapToObj(i -> commit.submit(List.of(withId("e" + i)))).toList();
    start(commit);
    commit.stop();
    assertThat(waiting).allMatch(submission -> submission.results().isDone());
    assertThat(rows()).isEqualTo(500);
    assertUnavailable(storeEvent(commit, LONG), "busy");
  }

  private static EventRequest single(Event event) {
    return new EventRequest(false, List.of(event));
  }

  private void assertUnavailable(StoreEvent storeEvent, String code) {
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> storeEvent.store(List.of(withId("e1"))));
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.retryAfterSeconds()).isPositive();
  }

  private StoreEvent storeEvent(GroupCommit commit, Duration limit) {
    return new StoreEvent(commit, new EventAnswer(ExactJson.mapper()), limit);
  }

  private GroupCommit commit() {
    return commit(database.dataSource(), 512);
  }

  private GroupCommit commit(DataSource dataSource, int capacity) {
    StoreWarnings warnings = new StoreWarnings(registry, Clock.systemUTC());
    return new GroupCommit(
        new EventLedger(
            new DistinctEvents(new EventTable(dataSource, Duration.ofSeconds(10), warnings))),
        new SubmissionQueue(capacity, 256),
        new IngestMetrics(registry),
        2,
        LONG);
  }

  private GroupCommit start(GroupCommit commit) {
    commit.start();
    started.add(commit);
    return commit;
  }

  private long rows() {
    return database.jdbc().queryForObject("select count(*) from public.audit_event", Long.class);
  }
}
