package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A ledger on a database of its own. */
abstract class EventLedgerFixture {

  static TestDatabase database;

  final EventLedger ledger = ledger();

  @BeforeAll
  static void createDatabase() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.jdbc().execute("truncate public.audit_event, bridge.event_key restart identity");
  }

  static EventLedger ledger() {
    return ledger(Duration.ofSeconds(10));
  }

  /** One whose statements may take so long. */
  static EventLedger ledger(Duration timeout) {
    return new EventLedger(
        new DistinctEvents(
            new EventTable(
                database.dataSource(),
                timeout,
                new StoreWarnings(new SimpleMeterRegistry(), Clock.systemUTC()))));
  }

  static Stored stored(EventResult result) {
    assertThat(result).isInstanceOf(Stored.class);
    return (Stored) result;
  }

  static List<Integer> statuses(List<EventResult> results) {
    return results.stream()
        .map(result -> result instanceof RejectedEvent rejected ? rejected.refusal().status() : 200)
        .toList();
  }

  static long rows() {
    return count("public.audit_event");
  }

  static long count(String table) {
    return database.jdbc().queryForObject("select count(*) from " + table, Long.class);
  }
}
