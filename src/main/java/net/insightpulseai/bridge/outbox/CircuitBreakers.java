package net.insightpulseai.bridge.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * One circuit breaker a target, which separates a target's fault from a row's. A suspect outcome
 * causes one probe; if that fails too, the circuit opens: rows go back uncounted, and nothing is
 * claimed for the target until a probe succeeds. {@link ReadinessProbes} run before any row is sent
 * and find faults that no row has met yet.
 */
@Component
public class CircuitBreakers {

  private static final Logger LOG = LoggerFactory.getLogger(CircuitBreakers.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final String READINESS = "readiness of ";

  private final List<TargetProbe> probes;
  private final ReadinessProbes readiness;
  private final Clock clock;
  private final Map<String, OpenCircuit> open = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<TargetProbe.@Nullable Fault>> running =
      new ConcurrentHashMap<>();

  public CircuitBreakers(List<TargetProbe> probes, Clock clock) {
    this.probes = probes.stream().filter(probe -> !probe.readiness()).toList();
    this.readiness = new ReadinessProbes(probes, clock);
    this.clock = clock;
  }

  /**
   * A target that does not work: nothing is sent to it.
   *
   * @param fault what the last probe found
   * @param since when a probe first failed
   * @param pause how long to wait before the next probe
   * @param nextProbe when that is
   */
  public record OpenCircuit(
      TargetProbe.Fault fault, Instant since, Duration pause, Instant nextProbe) {

    OpenCircuit probeAt(Instant next) {
      return new OpenCircuit(fault, since, FIRST_PAUSE, next);
    }
  }

  /** The targets to which this instance sends nothing now. */
  public Map<String, OpenCircuit> openCircuits() {
    return Map.copyOf(open);
  }

  /** Whether rows of a target may be claimed now: its circuit is closed and it is ready. */
  boolean permits(String target) {
    return !open.containsKey(target) && readiness.isReady(target);
  }

  /** Probes a target's readiness regularly, whether rows wait for it or not. */
  void keepProbing(String target) {
    readiness.keepProbing(target);
  }

  /** Probes every open circuit and every target's readiness soon: something has changed. */
  public void probeSoon() {
    Instant now = clock.instant();
    open.replaceAll((t, is) -> is.probeAt(now));
    readiness.probeSoon();
  }

  /**
   * The outcomes of one call, as they count. However many are suspect, the target is probed once.
   *
   * @return the given outcomes; if the target itself is at fault, the suspect ones become
   *     give-backs
   */
  List<Outcome> judge(String target, List<Outcome> outcomes) {
    if (outcomes.stream().anyMatch(o -> !o.suspect() && o.kind() == Outcome.Kind.DONE)) {
      succeeded(target);
    }
    if (outcomes.stream().noneMatch(Outcome::suspect)) {
      return outcomes;
    }
    TargetProbe.Fault fault = probe(target);
    return fault == null
        ? outcomes
        : outcomes.stream().map(o -> o.suspect() ? giveBack(o, fault) : o).toList();
  }

  private static Outcome giveBack(Outcome outcome, TargetProbe.Fault fault) {
    Failure failure = new Failure(fault.reason(), fault.error(), true, outcome.response());
    return new GiveBack(failure, pause(outcome), false, null);
  }

  /**
   * A delivered row closes the circuit, unless a readiness probe covers the target: it decides
   * first.
   */
  private void succeeded(String target) {
    if (readiness.cover(target)) {
      open.computeIfPresent(target, (t, is) -> is.probeAt(clock.instant()));
    } else {
      close(target);
    }
  }

  /** A row that timed out may be what keeps the target busy: it must not be the next one again. */
  private static Duration pause(Outcome outcome) {
    return outcome.reason().equals(Outcome.TIMEOUT) ? outcome.delay() : Duration.ZERO;
  }

  /** Targets whose next probe is due. */
  Set<String> due() {
    Instant now = clock.instant();
    Set<String> due = new HashSet<>(readiness.due());
    open.forEach(
        (target, circuit) -> {
          if (circuit.nextProbe().isAfter(now)) {
            due.remove(target);
          } else {
            due.add(target);
          }
        });
    // A probe may take longer than the interval of these looks.
    due.removeIf(this::isBeingProbed);
    return due;
  }

  private boolean isBeingProbed(String target) {
    return running.containsKey(target) || running.containsKey(READINESS + target);
  }

  /**
   * Runs the probe that is due: the full one if the circuit is open, otherwise readiness; blocks.
   */
  TargetProbe.@Nullable Fault probeAgain(String target) {
    return open.containsKey(target)
        ? probe(target)
        : once(READINESS + target, () -> probeReadiness(target));
  }

  /** Probes once for all concurrent callers; blocks. */
  TargetProbe.@Nullable Fault probe(String target) {
    return once(target, () -> fullProbe(target));
  }

  private TargetProbe.@Nullable Fault once(
      String key, Supplier<TargetProbe.@Nullable Fault> probing) {
    CompletableFuture<TargetProbe.@Nullable Fault> mine = new CompletableFuture<>();
    CompletableFuture<TargetProbe.@Nullable Fault> first = running.putIfAbsent(key, mine);
    if (first != null) {
      return first.join();
    }
    TargetProbe.Fault fault = null;
    try {
      fault = probing.get();
    } finally {
      running.remove(key, mine);
      mine.complete(fault);
    }
    return fault;
  }

  /** While the database does not answer, nothing can be claimed either: the last result stands. */
  private TargetProbe.@Nullable Fault probeReadiness(String target) {
    TargetProbe.Fault fault = null;
    try {
      fault = readiness.probe(target);
      if (fault != null) {
        open(target, fault);
      }
    } catch (DataAccessException e) {
      LOG.debug("The readiness of {} is unknown now", target, e);
    }
    return fault;
  }

  private TargetProbe.@Nullable Fault fullProbe(String target) {
    TargetProbe.Fault fault;
    try {
      fault = readiness.probe(target);
    } catch (DataAccessException e) {
      fault = new TargetProbe.Fault("database", "The database does not answer", false);
    }
    for (TargetProbe probe : probes) {
      if (fault == null && probe.covers(target)) {
        fault = probe.probe(target);
      }
    }
    if (fault == null) {
      close(target);
    } else {
      open(target, fault);
    }
    return fault;
  }

  private void open(String target, TargetProbe.Fault fault) {
    open.compute(
        target,
        (t, before) -> {
          Instant now = clock.instant();
          if (before == null || !before.fault().reason().equals(fault.reason())) {
            LOG.error(
                "{} does not work ({}): {}. Nothing is sent to it until a probe succeeds; no attempt is lost.",
                target,
                fault.reason(),
                fault.error());
          }
          if (before == null) {
            return new OpenCircuit(fault, now, FIRST_PAUSE, now.plus(FIRST_PAUSE));
          }
          Duration longer = before.pause().multipliedBy(2);
          Duration pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
          return new OpenCircuit(fault, before.since(), pause, now.plus(pause));
        });
  }

  private void close(String target) {
    OpenCircuit closed = open.remove(target);
    if (closed != null) {
      LOG.info(
          "{} works again, after {}", target, Duration.between(closed.since(), clock.instant()));
    }
  }
}
