package net.insightpulseai.bridge.odoo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.outbox.BatchPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Which actions may share a call to Odoo, as its module states in {@code /api/agent/info}. Until it
 * has answered, every action is sent alone.
 */
@Component
class OdooBatches implements BatchPolicy {

  private static final Logger LOG = LoggerFactory.getLogger(OdooBatches.class);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.]{1,200}");

  /** The ping has no receipt, and proves something only when it is sent alone. */
  private static final String PING = "bridge.ping";

  /** How long no batch follows one that failed. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** How long the module's statement holds without being repeated. */
  private static final Duration VALID_FOR = Duration.ofMinutes(15);

  private final OdooSettings settings;
  private final Clock clock;
  private @Nullable OdooInfo known;
  private Batching batching = ONE_BY_ONE;
  private Instant knownAt = Instant.MIN;
  private Instant pausedUntil = Instant.MIN;

  OdooBatches(OdooSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public synchronized Batching of(String target) {
    if (!target.equals("odoo")) {
      return ONE_BY_ONE;
    }
    Instant now = clock.instant();
    return now.isBefore(pausedUntil) || knownAt.isBefore(now.minus(VALID_FOR))
        ? ONE_BY_ONE
        : batching;
  }

  /** A batch failed as a whole: for a while every action is sent alone. */
  synchronized void failed() {
    pausedUntil = clock.instant().plus(PAUSE);
  }

  /** Takes over what Odoo has just stated. */
  synchronized void learn(OdooInfo info) {
    knownAt = clock.instant();
    batching = batching(info);
    if (!info.equals(known)) {
      known = info;
      LOG.info(
          "Odoo's module {}: at most {} actions in one call, of {} kinds",
          info.version(),
          batching.maxRows(),
          batching.actions().size());
    }
  }

  /** A batch must be answered in time, including the action that runs when its budget ends. */
  private Batching batching(OdooInfo info) {
    int most = Math.min(settings.batch(), info.batchMax());
    boolean inTime = info.batchBudget().multipliedBy(2).compareTo(settings.responseTimeout()) <= 0;
    Set<String> actions =
        info.actions().stream()
            .filter(OdooInfo.Action::batchable)
            .map(OdooInfo.Action::name)
            .filter(name -> NAME.matcher(name).matches() && !name.equals(PING))
            .collect(Collectors.toUnmodifiableSet());
    return most < 2 || actions.isEmpty() || !inTime ? ONE_BY_ONE : new Batching(most, actions);
  }
}
