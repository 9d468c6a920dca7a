package net.insightpulseai.bridge.odoo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.HttpDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the last answer of {@code /api/agent/info} told about Odoo's clock and its module. */
@Component
public class OdooFacts {

  private final Clock clock;
  private volatile @Nullable OdooInfo info;
  private volatile @Nullable Duration ahead;

  OdooFacts(Clock clock) {
    this.clock = clock;
  }

  void learn(Answer answer, OdooInfo told) {
    info = told;
    String date = answer.header("date");
    Instant theirs = date == null ? null : HttpDate.read(date);
    ahead = theirs == null ? null : Duration.between(clock.instant(), theirs);
  }

  /** What the module states; null before the first answer. */
  public @Nullable OdooInfo info() {
    return info;
  }

  /**
   * How far Odoo's clock was ahead of ours, to the second; negative if it was behind, null if it is
   * not known.
   */
  public @Nullable Duration ahead() {
    return ahead;
  }
}
