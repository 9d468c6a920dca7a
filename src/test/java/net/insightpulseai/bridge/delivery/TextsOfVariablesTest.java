package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.Subscriber.Format;
import net.insightpulseai.bridge.subscriber.Subscriber.Signature;
import org.junit.jupiter.api.Test;

/** The variables of an exchange as they look where one is logged, traced or shown in Hawtio. */
class TextsOfVariablesTest {

  @Test
  void aSubscriberTellsNeitherItsUrlNorItsSecrets() {
    Subscriber subscriber =
        TestWebhooks.at("https://h.example/hook?token=t0ken", Format.FULL, Signature.STANDARD);

    assertThat(subscriber.toString())
        .contains(subscriber.name(), "WEBHOOK")
        .doesNotContain("t0ken", "h.example", subscriber.secrets());
  }

  @Test
  void aRowTellsNothingOfWhatItCarries() {
    ClaimedRow row = ClaimedRow.unqueued("subscriber:1", "evt_1", Instant.now(), "the payload");

    assertThat(row.toString()).contains("subscriber:1").doesNotContain("the payload");
  }
}
