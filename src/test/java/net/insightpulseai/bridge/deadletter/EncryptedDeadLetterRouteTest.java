package net.insightpulseai.bridge.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.insightpulseai.bridge.encryption.TestEncryption;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.DeadLetter;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

/** The same routes, where a key is set. */
class EncryptedDeadLetterRouteTest extends DeadLetterRouteTest {

  @Override
  String[] keys() {
    return new String[] {TestEncryption.KEY};
  }

  @Override
  String payload(Exchange exchange) {
    DeadLetter letter = DeadLetter.of(exchange);
    assertThat(new String(letter.payload(), UTF_8)).doesNotContain("action", "Zo");
    assertThat(letter.keyId()).isEqualTo(encryption().keyId());
    return opened(letter, DeadLetterRouteTest.row());
  }

  @Test
  void theSamePayloadIsNeverTheSameBytesTwice() {
    assertThat(DeadLetter.of(send("direct:failing")).payload())
        .isNotEqualTo(DeadLetter.of(send("direct:failing")).payload());
  }

  @Test
  void whatARouteDoesNotEncryptIsNotSaidToBeEncrypted() throws Exception {
    AdviceWith.adviceWith(context, "dead-letter", a -> a.weaveById("encrypt-payload").remove());
    DeadLetter letter = DeadLetter.of(send("direct:failing"));
    assertThat(letter.keyId()).isNull();
    assertThat(new String(letter.payload(), UTF_8)).isEqualTo(PAYLOAD);
  }

  @Test
  void aRowThatDiesWithoutItsRouteIsEncryptedAsWell() {
    DeadLetter letter = new EncryptingDeadLetterFactory(encryption()).create(row());
    assertThat(new String(letter.payload(), UTF_8)).doesNotContain("action", "Zo");
    assertThat(opened(letter, row())).isEqualTo(PAYLOAD);
  }

  private String opened(DeadLetter letter, ClaimedRow row) {
    byte[] plain =
        encryption()
            .open(letter.payload(), letter.keyId(), LetterBinding.of(row.target(), row.id()));
    return new String(plain, UTF_8);
  }
}
