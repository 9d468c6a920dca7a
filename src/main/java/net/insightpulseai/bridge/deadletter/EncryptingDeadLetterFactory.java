package net.insightpulseai.bridge.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.insightpulseai.bridge.encryption.Encryption;
import net.insightpulseai.bridge.encryption.Sealed;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.DeadLetter;
import net.insightpulseai.bridge.outbox.DeadLetterFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Makes the dead letters of rows that fail finally outside a route; those in a route are made by
 * the route {@code dead-letter}.
 */
@Component
class EncryptingDeadLetterFactory implements DeadLetterFactory {

  private static final Logger LOG = LoggerFactory.getLogger(EncryptingDeadLetterFactory.class);

  private final Encryption encryption;

  EncryptingDeadLetterFactory(@Qualifier("deadLetterEncryption") Encryption encryption) {
    this.encryption = encryption;
  }

  @Override
  public DeadLetter create(ClaimedRow row) {
    if (!encryption.available()) {
      return DeadLetter.plain(row.payload());
    }
    try {
      Sealed sealed =
          encryption.seal(row.payload().getBytes(UTF_8), LetterBinding.of(row.target(), row.id()));
      return new DeadLetter(sealed.bytes(), sealed.keyId());
    } catch (RuntimeException e) {
      LOG.error("A dead letter is stored without its payload, which could not be encrypted", e);
      return new DeadLetter(null, null);
    }
  }
}
