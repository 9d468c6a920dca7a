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
 * Probes that a target must pass before its first row is claimed, and again every half a minute for
 * as long as rows wait for it, or it is watched.
 */
final class ReadinessProbes {

  private static final Duration GOOD_FOR = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final List<TargetProbe> guards;
  private final Clock clock;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final Set<String> watched = ConcurrentHashMap.newKeySet();

  ReadinessProbes(List<TargetProbe> probes, Clock clock) {
    this.guards = probes.stream().filter(TargetProbe::guards).toList();
    this.clock = clock;
  }

  /**
   * What the guards said of a target.
   *
   * @param passed whether they ever let it through; a later fault is their target's trouble
   * @param next when they are asked again
   * @param wanted whether somebody has asked since
   */
  private record Seen(boolean passed, Instant next, boolean wanted) {}

  /** Whether the guards have let the target through; asks for them if they are due. */
  boolean pass(String target) {
    if (!have(target)) {
      return true;
    }
    Instant now = clock.instant();
    Seen after =
        seen.compute(
            target,
            (t, is) ->
                is == null
                    ? new Seen(false, now, true)
                    : new Seen(is.passed(), is.next(), is.wanted() || !is.next().isAfter(now)));
    return after.passed();
  }

  void watch(String target) {
    watched.add(target);
    pass(target);
  }

  Set<String> due() {
    Instant now = clock.instant();
    Set<String> due = new HashSet<>();
    seen.forEach(
        (target, is) -> {
          if (is.wanted() && !is.next().isAfter(now)) {
            due.add(target);
          }
        });
    return due;
  }

  void askSoon() {
    Instant now = clock.instant();
    seen.replaceAll((t, is) -> new Seen(is.passed(), now, true));
  }

  /**
   * Asks the guards of a target; blocks.
   *
   * @throws org.springframework.dao.DataAccessException if the database cannot tell now
   */
  TargetProbe.@Nullable Fault ask(String target) {
    if (!have(target)) {
      return null;
    }
    wait(target, RETRY);
    for (TargetProbe guard : guards) {
      TargetProbe.Fault fault = guard.covers(target) ? guard.probe(target) : null;
      if (fault != null) {
        return fault;
      }
    }
    Instant next = clock.instant().plus(GOOD_FOR);
    seen.put(target, new Seen(true, next, watched.contains(target)));
    return null;
  }

  private void wait(String target, Duration pause) {
    Instant next = clock.instant().plus(pause);
    seen.compute(target, (t, is) -> new Seen(is != null && is.passed(), next, true));
  }

  boolean have(String target) {
    return guards.stream().anyMatch(guard -> guard.covers(target));
  }
}
