package net.insightpulseai.bridge.odoo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.outbox.SharedCalls;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Which actions may go to Odoo together, as its module announces. It is asked when something is to
 * be sent, every few minutes, and never waited for: until it has answered, every action goes alone.
 */
@Component
class OdooBatches implements SharedCalls {

  private static final Logger LOG = LoggerFactory.getLogger(OdooBatches.class);
  private static final Duration REFRESH = Duration.ofMinutes(5);

  /** Until it is asked again where it did not answer, and until a batch follows one that failed. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** How long an announcement holds that cannot be refreshed. */
  private static final Duration OLD = Duration.ofMinutes(15);

  private final OdooSettings settings;
  private final ProducerTemplate camel;
  private final Clock clock;
  private @Nullable OdooInfo known;
  private Share share = ALONE;
  private Instant knownAt = Instant.MIN;
  private Instant askedAt = Instant.MIN;
  private Instant askNext = Instant.MIN;
  private Instant restUntil = Instant.MIN;
  private boolean asking;

  OdooBatches(OdooSettings settings, @Lazy ProducerTemplate camel, Clock clock) {
    this.settings = settings;
    this.camel = camel;
    this.clock = clock;
  }

  @Override
  public synchronized Share of(String target) {
    if (settings.batch() < 2 || !settings.configured() || !target.equals("odoo")) {
      return ALONE;
    }
    Instant now = clock.instant();
    if (!asking && !now.isBefore(askNext)) {
      ask(now);
    }
    return now.isBefore(restUntil) || knownAt.isBefore(now.minus(OLD)) ? ALONE : share;
  }

  /** What was announced may have changed: asks again, soon. */
  synchronized void doubt() {
    Instant soon = askedAt.equals(Instant.MIN) ? askedAt : askedAt.plus(PAUSE);
    askNext = soon.isBefore(askNext) ? soon : askNext;
  }

  /** A batch failed as a whole: for a while every action goes alone. */
  synchronized void failed() {
    restUntil = clock.instant().plus(PAUSE);
    doubt();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // learn() is told of every end
  private void ask(Instant now) {
    asking = true;
    askedAt = now;
    try {
      camel.asyncSend("direct:odoo-info?block=false", exchange -> {}).whenComplete(this::learn);
    } catch (RuntimeException e) {
      learn(null, e);
    }
  }

  private synchronized void learn(@Nullable Exchange answered, @Nullable Throwable failure) {
    Instant now = clock.instant();
    asking = false;
    Answer answer =
        answered == null || answered.getException() != null ? null : Answer.of(answered);
    OdooInfo info = answer == null ? null : OdooInfo.read(answer);
    if (info == null) {
      askNext = now.plus(PAUSE);
      LOG.debug("Odoo does not say what may be batched; again in {} s", PAUSE.toSeconds());
      return;
    }
    askNext = now.plus(REFRESH);
    knownAt = now;
    share = share(info);
    if (!info.equals(known)) {
      known = info;
      LOG.info(
          "Odoo's module {}: {} actions in one call at most, of {} kinds",
          info.version(),
          share.most(),
          share.actions().size());
    }
  }

  /** A batch must be answered in time, with the action that is under way when its budget ends. */
  private Share share(OdooInfo info) {
    int most = Math.min(settings.batch(), info.most());
    boolean inTime = info.budget().multipliedBy(2).compareTo(settings.responseTimeout()) <= 0;
    Set<String> actions = info.batchable();
    return most < 2 || actions.isEmpty() || !inTime ? ALONE : new Share(most, actions);
  }
}
