package net.insightpulseai.bridge.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells a target's fault from a row's. A suspect outcome causes one probe; if that fails too, rows
 * go back uncounted and nothing is claimed for the target until a probe succeeds.
 */
@Component
public class TargetHealth {

  private static final Logger LOG = LoggerFactory.getLogger(TargetHealth.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final List<TargetProbe> probes;
  private final Clock clock;
  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<TargetProbe.@Nullable Fault>> running =
      new ConcurrentHashMap<>();

  TargetHealth(List<TargetProbe> probes, Clock clock) {
    this.probes = List.copyOf(probes);
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
  public record Trouble(
      TargetProbe.Fault fault, Instant since, Duration pause, Instant nextProbe) {}

  /** The targets that do not work now, as far as this instance has noticed. */
  public Map<String, Trouble> troubles() {
    return Map.copyOf(troubles);
  }

  boolean inTrouble(String target) {
    return troubles.containsKey(target);
  }

  /**
   * The outcomes of one call as they count. However many are suspect, the target is probed once.
   *
   * @return the given ones, or give-backs in place of suspect ones if the target itself is at fault
   */
  List<Outcome> judge(String target, List<Outcome> outcomes) {
    if (outcomes.stream().anyMatch(o -> !o.suspect() && o.kind() == Outcome.Kind.DONE)) {
      recovered(target);
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
    return new Outcome(
        Outcome.Kind.GIVE_BACK,
        fault.reason(),
        null,
        fault.error(),
        pause(outcome),
        true,
        outcome.responseStatus(),
        outcome.responseBody());
  }

  /** What took too long may be what keeps the target busy: it must not be the next one again. */
  private static Duration pause(Outcome outcome) {
    Duration delay = outcome.delay();
    return delay != null && outcome.reason().equals(Outcome.TIMEOUT) ? delay : Duration.ZERO;
  }

  /** Targets whose next probe is due. */
  List<String> due() {
    Instant now = clock.instant();
    return troubles.entrySet().stream()
        .filter(e -> !e.getValue().nextProbe().isAfter(now))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Probes once for all who ask at the same time; blocks. */
  TargetProbe.@Nullable Fault probe(String target) {
    CompletableFuture<TargetProbe.@Nullable Fault> mine = new CompletableFuture<>();
    CompletableFuture<TargetProbe.@Nullable Fault> first = running.putIfAbsent(target, mine);
    if (first != null) {
      return first.join();
    }
    TargetProbe.Fault fault = null;
    try {
      fault = ask(target);
      if (fault == null) {
        recovered(target);
      } else {
        failed(target, fault);
      }
    } finally {
      running.remove(target, mine);
      mine.complete(fault);
    }
    return fault;
  }

  private TargetProbe.@Nullable Fault ask(String target) {
    for (TargetProbe probe : probes) {
      if (probe.covers(target)) {
        return probe.probe(target);
      }
    }
    return null;
  }

  private void failed(String target, TargetProbe.Fault fault) {
    troubles.compute(
        target,
        (t, before) -> {
          Instant now = clock.instant();
          if (before == null) {
            LOG.error(
                "{} does not work ({}): {}. Nothing is sent to it until it answers; no attempt is lost.",
                target,
                fault.reason(),
                fault.error());
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
