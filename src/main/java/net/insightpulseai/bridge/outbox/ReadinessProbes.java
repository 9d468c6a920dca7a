package net.insightpulseai.bridge.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Probes that a target must pass before its first row is claimed, and again every 30 s while rows
 * wait for it or regular probing is requested.
 */
final class ReadinessProbes {

  private static final Duration GOOD_FOR = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final List<TargetProbe> probes;
  private final Clock clock;
  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final Set<String> watched = ConcurrentHashMap.newKeySet();

  ReadinessProbes(List<TargetProbe> all, Clock clock) {
    this.probes = all.stream().filter(TargetProbe::readiness).toList();
    this.clock = clock;
  }

  /**
   * What the probes found out about a target.
   *
   * @param ready whether it has ever passed; a later fault opens its circuit instead
   * @param next when they run again
   * @param wanted whether anything has asked for the result since
   */
  private record State(boolean ready, Instant next, boolean wanted) {}

  /** Whether the target has passed; requests its probes if they are due. */
  boolean isReady(String target) {
    if (!cover(target)) {
      return true;
    }
    Instant now = clock.instant();
    State after =
        states.compute(
            target,
            (t, is) ->
                is == null
                    ? new State(false, now, true)
                    : new State(is.ready(), is.next(), is.wanted() || !is.next().isAfter(now)));
    return after.ready();
  }

  void keepProbing(String target) {
    watched.add(target);
    isReady(target);
  }

  Set<String> due() {
    Instant now = clock.instant();
    Set<String> due = new HashSet<>();
    states.forEach(
        (target, is) -> {
          if (is.wanted() && !is.next().isAfter(now) && possible(target)) {
            due.add(target);
          }
        });
    return due;
  }

  void probeSoon() {
    Instant now = clock.instant();
    states.replaceAll((t, is) -> new State(is.ready(), now, true));
  }

  /**
   * Runs the probes of a target; blocks.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer now
   */
  TargetProbe.@Nullable Fault probe(String target) {
    if (!cover(target)) {
      return null;
    }
    Instant retry = postpone(target);
    for (TargetProbe probe : probes) {
      TargetProbe.Fault fault = probe.covers(target) ? probe.probe(target) : null;
      if (fault != null) {
        return fault;
      }
    }
    passed(target, retry);
    return null;
  }

  private Instant postpone(String target) {
    Instant retry = clock.instant().plus(RETRY);
    states.compute(target, (t, is) -> new State(is != null && is.ready(), retry, true));
    return retry;
  }

  /** A request that came while the probes ran stands: they may have looked before the change. */
  private void passed(String target, Instant retry) {
    Instant next = clock.instant().plus(GOOD_FOR);
    states.compute(
        target,
        (t, is) ->
            is == null || is.next().equals(retry)
                ? new State(true, next, watched.contains(target))
                : new State(true, is.next(), true));
  }

  private boolean possible(String target) {
    return probes.stream().filter(probe -> probe.covers(target)).allMatch(TargetProbe::possible);
  }

  boolean cover(String target) {
    return probes.stream().anyMatch(probe -> probe.covers(target));
  }
}
