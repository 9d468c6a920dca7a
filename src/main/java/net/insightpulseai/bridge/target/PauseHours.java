package net.insightpulseai.bridge.target;

import net.insightpulseai.bridge.outbox.TargetStates;
import org.springframework.stereotype.Component;

/**
 * Lets a route stop and resume a target by the clock: a {@code bean} step with the method {@code
 * pause('odoo', 'night', 'Odoo is backed up')} or {@code resume('odoo', 'night', 'It is morning')}.
 * Both may be repeated, on every replica.
 */
@Component("pauseHours")
public class PauseHours {

  private final TargetStates states;

  PauseHours(TargetStates states) {
    this.states = states;
  }

  /**
   * Stops sending to a target, unless it is stopped already: who stopped it, and why, stays.
   *
   * @param target odoo, or subscriber: and an id
   * @param who whose pause it is, for the record, and for {@link #resume}
   * @param why the reason, for the record
   */
  public void pause(String target, String who, String why) {
    states.pauseIfRunning(target, who, why);
  }

  /**
   * Ends a pause of {@code who}. What others stopped stays so.
   *
   * @param target odoo, or subscriber: and an id
   * @param who whose pause it is
   * @param why the reason, for the record
   */
  public void resume(String target, String who, String why) {
    states.resumeOwn(target, who, why);
  }
}
