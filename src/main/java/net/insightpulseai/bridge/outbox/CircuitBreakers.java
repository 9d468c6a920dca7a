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
 * Tells a target's fault from a row's. A suspect outcome causes one probe; if that fails too, rows
 * go back uncounted and nothing is claimed for the target until a probe succeeds. {@link
 * ReadinessProbes} ask before that, and find faults that no row has met yet.
 */
@Component
public class CircuitBreakers {

  private static final Logger LOG = LoggerFactory.getLogger(CircuitBreakers.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final List<TargetProbe> probes;
  private final ReadinessProbes guards;
  private final Clock clock;
  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<TargetProbe.@Nullable Fault>> running =
      new ConcurrentHashMap<>();

  CircuitBreakers(List<TargetProbe> probes, Clock clock) {
    this.probes = probes.stream().filter(probe -> !probe.guards()).toList();
    this.guards = new ReadinessProbes(probes, clock);
    this.clock = clock;
  }

  /**
   * A target that does not work.
   *
   * @param fault what the last probe found
   * @param since when the first one found it
   * @param pause how long to wait before the next probe
   * @param nextProbe when that is
   */
  public record Trouble(TargetProbe.Fault fault, Instant since, Duration pause, Instant nextProbe) {

    Trouble askAt(Instant next) {
      return new Trouble(fault, since, FIRST_PAUSE, next);
    }
  }

  /** The targets that do not work now, as far as this instance has noticed. */
  public Map<String, Trouble> troubles() {
    return Map.copyOf(troubles);
  }

  /** Whether rows of a target may be claimed now: it works, and its guards let it through. */
  boolean mayClaim(String target) {
    return !troubles.containsKey(target) && guards.pass(target);
  }

  /** Has a target's guards asked now and then, whether rows wait for it or not. */
  void watch(String target) {
    guards.watch(target);
  }

  /** Asks soon about all that is in trouble or guarded: something has changed. */
  public void askSoon() {
    Instant now = clock.instant();
    troubles.replaceAll((t, is) -> is.askAt(now));
    guards.askSoon();
  }

  /**
   * The outcomes of one call as they count. However many are suspect, the target is probed once.
   *
   * @return the given ones, or give-backs in place of suspect ones if the target itself is at fault
   */
  List<Outcome> judge(String target, List<Outcome> outcomes) {
    if (outcomes.stream().anyMatch(o -> !o.suspect() && o.kind() == Outcome.Kind.DONE)) {
      worked(target);
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

  /** A delivered row ends a trouble, but it does not overrule a guard: that one is asked first. */
  private void worked(String target) {
    if (guards.have(target)) {
      troubles.computeIfPresent(target, (t, is) -> is.askAt(clock.instant()));
    } else {
      recovered(target);
    }
  }

  /** What took too long may be what keeps the target busy: it must not be the next one again. */
  private static Duration pause(Outcome outcome) {
    return outcome.reason().equals(Outcome.TIMEOUT) ? outcome.delay() : Duration.ZERO;
  }

  /** Targets whose next question is due. */
  Set<String> due() {
    Instant now = clock.instant();
    Set<String> due = new HashSet<>(guards.due());
    troubles.forEach(
        (target, trouble) -> {
          if (trouble.nextProbe().isAfter(now)) {
            due.remove(target);
          } else {
            due.add(target);
          }
        });
    return due;
  }

  /** Asks what is due: all there is to ask of a target in trouble, else its guards; blocks. */
  TargetProbe.@Nullable Fault ask(String target) {
    return troubles.containsKey(target)
        ? probe(target)
        : once("guards of " + target, () -> guard(target));
  }

  /** Probes once for all who ask at the same time; blocks. */
  TargetProbe.@Nullable Fault probe(String target) {
    return once(target, () -> fullProbe(target));
  }

  private TargetProbe.@Nullable Fault once(
      String what, Supplier<TargetProbe.@Nullable Fault> question) {
    CompletableFuture<TargetProbe.@Nullable Fault> mine = new CompletableFuture<>();
    CompletableFuture<TargetProbe.@Nullable Fault> first = running.putIfAbsent(what, mine);
    if (first != null) {
      return first.join();
    }
    TargetProbe.Fault fault = null;
    try {
      fault = question.get();
    } finally {
      running.remove(what, mine);
      mine.complete(fault);
    }
    return fault;
  }

  /** While the database cannot tell, nothing can be claimed either: what was found last stands. */
  private TargetProbe.@Nullable Fault guard(String target) {
    TargetProbe.Fault fault = null;
    try {
      fault = guards.ask(target);
      if (fault != null) {
        failed(target, fault);
      }
    } catch (DataAccessException e) {
      LOG.debug("The guards of {} cannot tell now", target, e);
    }
    return fault;
  }

  private TargetProbe.@Nullable Fault fullProbe(String target) {
    TargetProbe.Fault fault;
    try {
      fault = guards.ask(target);
    } catch (DataAccessException e) {
      fault = new TargetProbe.Fault("database", "The database does not answer", false);
    }
    for (TargetProbe probe : probes) {
      if (fault == null && probe.covers(target)) {
        fault = probe.probe(target);
      }
    }
    if (fault == null) {
      recovered(target);
    } else {
      failed(target, fault);
    }
    return fault;
  }

  private void failed(String target, TargetProbe.Fault fault) {
    troubles.compute(
        target,
        (t, before) -> {
          Instant now = clock.instant();
          if (before == null || !before.fault().reason().equals(fault.reason())) {
            LOG.error(
                "{} does not work ({}): {}. Nothing is sent to it until it answers; no attempt is lost.",
                target,
                fault.reason(),
                fault.error());
          }
          if (before == null) {
            return new Trouble(fault, now, FIRST_PAUSE, now.plus(FIRST_PAUSE));
          }
          Duration longer = before.pause().multipliedBy(2);
          Duration pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
          return new Trouble(fault, before.since(), pause, now.plus(pause));
        });
  }

  private void recovered(String target) {
    Trouble over = troubles.remove(target);
    if (over != null) {
      LOG.info("{} works again, after {}", target, Duration.between(over.since(), clock.instant()));
    }
  }
}
