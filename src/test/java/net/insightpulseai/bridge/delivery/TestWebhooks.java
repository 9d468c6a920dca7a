package net.insightpulseai.bridge.delivery;

import java.util.List;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.Subscriber.Format;
import net.insightpulseai.bridge.subscriber.Subscriber.Signature;

/** Subscribers that stand in no table. */
final class TestWebhooks {

  private TestWebhooks() {}

  static Subscriber at(String url) {
    return at(url, Format.FULL, Signature.STANDARD);
  }

  static Subscriber at(String url, Format format, Signature signature) {
    return new Subscriber(
        1,
        "crm",
        Subscriber.Kind.WEBHOOK,
        url,
        List.of("*"),
        null,
        null,
        format,
        signature,
        Subscriber.Mode.REST,
        "",
        null,
        null,
        Subscriber.Owner.API,
        "[]",
        "{}",
        null);
  }
}
