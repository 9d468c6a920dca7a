package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;

/** Takes the rows of one call through their route, to outcomes that count. */
final class RowWorker {

  private static final Logger LOG = LoggerFactory.getLogger(RowWorker.class);

  /** Consecutive exchanges without an outcome after which the route is considered broken. */
  private static final int MISSING_OUTCOME_LIMIT = 5;

  private static final Outcome UNREADABLE =
      Outcome.dead(
          "unreadable",
          "its payload is gone, larger than 16 MiB as text, or has a number of more than 1,000 digits");

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Leases are longer than everything else that happens to a row by more than this. */
  private static final Duration LONGEST_FETCH = Duration.ofSeconds(5);

  private final QueueStore store;
  private final CircuitBreakers breakers;
  private final Pause pause;
  private final LongSupplier nanos;
  private final AtomicInteger missingOutcomes = new AtomicInteger();

  RowWorker(QueueStore store, CircuitBreakers breakers, Pause pause, LongSupplier nanos) {
    this.store = store;
    this.breakers = breakers;
    this.pause = pause;
    this.nanos = nanos;
  }

  /** Pauses a target. */
  interface Pause {
    void pause(String target, String why);
  }

  /** Routes rows of one target that share a call, or one alone; never throws. */
  List<Ack> work(List<ClaimedRow> claimed, RowHandler handler) {
    List<Ack> acks = new ArrayList<>();
    List<ClaimedRow> rows = new ArrayList<>(claimed.size());
    long start = nanos.getAsLong();
    for (ClaimedRow row : claimed) {
      fetch(row, rows, acks);
    }
    if (nanos.getAsLong() - start > LONGEST_FETCH.toNanos()) {
      // The database is so slow that a call could outlast its lease.
      rows.forEach(row -> acks.add(Ack.notStarted(row)));
    } else if (!rows.isEmpty()) {
      acks.addAll(send(rows, handler));
    }
    return acks;
  }

  /** Adds a row with its payload to those that are ready, or its outcome if there is none. */
  private void fetch(ClaimedRow row, List<ClaimedRow> ready, List<Ack> instead) {
    if (row.fetched()) {
      ready.add(row);
      return;
    }
    try {
      String payload = store.payload(row.id());
      if (payload == null) {
        instead.add(new Ack(row.with("null"), UNREADABLE, Duration.ZERO, true));
      } else {
        ready.add(row.with(payload));
      }
    } catch (DataAccessException e) {
      instead.add(Ack.notStarted(row));
    }
  }

  private List<Ack> send(List<ClaimedRow> rows, RowHandler handler) {
    long start = System.nanoTime();
    List<Outcome> outcomes = handle(rows, handler);
    List<Outcome> counted = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      counted.add(count(rows.get(i), outcomes.get(i)));
    }
    List<Outcome> judged = breakers.judge(rows.get(0).target(), counted);
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    List<Ack> acks = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ClaimedRow row = rows.get(i);
      try (MDC.MDCCloseable ignored = correlated(row)) {
        log(row, judged.get(i));
      }
      acks.add(new Ack(row, judged.get(i), duration, true));
    }
    return acks;
  }

  private Outcome count(ClaimedRow row, Outcome outcome) {
    if (outcome.reason().equals(Outcome.NO_OUTCOME)) {
      return withoutOutcome(row, outcome);
    }
    missingOutcomes.set(0);
    return outcome;
  }

  private static MDC.MDCCloseable correlated(ClaimedRow row) {
    return MDC.putCloseable("correlation_id", row.correlationId().toString());
  }

  private static List<Outcome> handle(List<ClaimedRow> rows, RowHandler handler) {
    // Several rows have no correlation id in common; the route sets each one's when it reaches it.
    try (MDC.MDCCloseable ignored = rows.size() == 1 ? correlated(rows.get(0)) : null) {
      return handler.handle(rows);
    } catch (Exception | StackOverflowError | LinkageError e) {
      return Collections.nCopies(rows.size(), ExchangeEnd.withoutOutcome(e));
    }
  }

  /**
   * A YAML edit that drops the HTTP step must neither mark rows applied nor use up the whole queue.
   */
  private Outcome withoutOutcome(ClaimedRow row, Outcome none) {
    String what = String.valueOf(none.error());
    if (missingOutcomes.incrementAndGet() % MISSING_OUTCOME_LIMIT == 0) {
      try {
        pause.pause(row.target(), what);
        LOG.error(
            "{} is paused: {}, {} times in a row. Correct the route, then resume the target.",
            row.target(),
            what,
            MISSING_OUTCOME_LIMIT);
      } catch (DataAccessException e) {
        LOG.error("{} cannot be paused: {}", row.target(), e.getMostSpecificCause().getMessage());
      }
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(row.attempt(), 10));
    return Outcome.retry(
        none.reason(), what, pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  private static void log(ClaimedRow row, Outcome outcome) {
    switch (outcome.kind()) {
      case DONE -> LOG.debug("Row {} for {} is done", row.id(), row.target());
      case RETRY, GIVE_BACK ->
          LOG.warn(
              "Row {} for {} failed, attempt {}: {}; {} in {} s",
              row.id(),
              row.target(),
              row.attempt(),
              outcome.reason(),
              outcome.kind() == Outcome.Kind.RETRY ? "again" : "uncounted, again",
              outcome.delay().toSeconds());
      case DEAD ->
          LOG.error(
              "Row {} for {} is a dead letter after attempt {}: {}",
              row.id(),
              row.target(),
              row.attempt(),
              outcome.reason());
    }
  }
}
