package net.insightpulseai.bridge.pairing;

import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.stereotype.Component;

/**
 * Checks the database before any route starts, so that a copy's targets, including those that
 * application.yaml has just declared, are paused before its first event comes in.
 */
@Component
@DependsOn("declareSubscribers")
class CheckPairingAtStart implements InitializingBean {

  private final Pairing pairing;

  CheckPairingAtStart(Pairing pairing) {
    this.pairing = pairing;
  }

  @Override
  public void afterPropertiesSet() {
    try {
      pairing.lookAtDatabase();
    } catch (BadSqlGrammarException e) {
      throw new StartRefused(
          "The database has no table bridge.pairing that this user may use; start once with"
              + " bridge.database.migrate: auto, or run what sql-print prints");
    }
  }
}
