package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.insightpulseai.bridge.encryption.TestEncryption;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.subscriber.Subscriber.Signature;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class NewSecretsTest {

  private static final String STANDARD = "whsec_" + "a".repeat(40);
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final SecretReferences references =
      new SecretReferences(
          new MockEnvironment()
              .withProperty("BRIDGE_SUBSCRIBER_A", STANDARD)
              .withProperty("BRIDGE_SUBSCRIBER_B", "sixteen-letters-")
              .withProperty("BRIDGE_SUBSCRIBER_C", "fifteen-letters"),
          new FanOutSettings(Path.of("/run/secrets")));

  @Test
  void withoutAKeyNothingIsStoredAndTheErrorTellsTheTwoWaysOut() {
    NewSecrets secrets = secrets();
    for (String wanted : new String[] {null, STANDARD}) {
      assertThatThrownBy(() -> secrets.make(1, wanted, Signature.STANDARD))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("bridge.encryption-key (BRIDGE_ENCRYPTION_KEY)")
          .hasMessageContaining("env:BRIDGE_SUBSCRIBER_…")
          .hasMessageContaining("file:/run/secrets/bridge_subscriber_…")
          .hasMessageNotContaining(STANDARD);
    }
    assertThat(secrets.make(1, "env:BRIDGE_SUBSCRIBER_A", Signature.STANDARD).entry().reference())
        .isEqualTo("env:BRIDGE_SUBSCRIBER_A");
  }

  @Test
  void aReferenceMustLeadToWhatTheSchemeCanSignWith() {
    NewSecrets secrets = secrets(TestEncryption.KEY);
    secrets.make(1, "env:BRIDGE_SUBSCRIBER_A", Signature.DOCUMENT);
    secrets.make(1, "env:BRIDGE_SUBSCRIBER_B", Signature.DOCUMENT);
    assertThatThrownBy(() -> secrets.make(1, "env:BRIDGE_SUBSCRIBER_B", Signature.STANDARD))
        .hasMessageContaining("base64 of 24 to 64 bytes")
        .hasMessageNotContaining("sixteen-letters-");
    assertThatThrownBy(() -> secrets.make(1, "env:BRIDGE_SUBSCRIBER_C", Signature.DOCUMENT))
        .hasMessageContaining("at least 16 characters");
    assertThatThrownBy(() -> secrets.make(1, "whsec_" + "a".repeat(90), Signature.STANDARD))
        .isInstanceOf(WrongDefinition.class);
  }

  @Test
  void anOldSecretNeverLivesLongerBecauseOfANewOne() {
    SecretList list = new SecretList(List.of(entry("env:A", null)));
    SecretList day = list.rotated(entry("env:B", null), Duration.ofHours(24), NOW);
    SecretList week = day.rotated(entry("env:C", null), Duration.ofDays(7), NOW);
    assertThat(week.entries())
        .extracting(SecretList.Entry::reference)
        .containsExactly("env:C", "env:B", "env:A");
    assertThat(week.entries())
        .extracting(SecretList.Entry::until)
        .containsExactly(null, NOW.plus(Duration.ofDays(7)), NOW.plus(Duration.ofHours(24)));
    assertThat(week.live(NOW.plus(Duration.ofHours(24))).entries()).hasSize(2);
    assertThat(SecretList.read(week.write()).entries()).isEqualTo(week.entries());
  }

  private static SecretList.Entry entry(String reference, Instant until) {
    return new SecretList.Entry(null, reference, until);
  }

  private NewSecrets secrets(String... keys) {
    return new NewSecrets(references, TestEncryption.bind(new DefaultCamelContext(), keys));
  }
}
