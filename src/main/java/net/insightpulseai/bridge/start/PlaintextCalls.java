package net.insightpulseai.bridge.start;

import net.insightpulseai.bridge.address.HttpUrl;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;

/** Refuses to send keys to another machine without TLS, unless an operator has said so. */
final class PlaintextCalls {

  private PlaintextCalls() {}

  /**
   * @param key the setting that holds the URL
   * @param url in the form of {@code BaseUrl}; empty if nothing is called
   */
  static void check(String key, String url, PlaintextHosts allowed) {
    if (url.isEmpty()) {
      return;
    }
    HttpUrl address = HttpUrl.of(url);
    if (address.scheme().equalsIgnoreCase("http") && !allowed.allow(address.host())) {
      throw new StartRefused(
          key,
          "http:// for " + address.host() + ", which is not this machine",
          "https://; " + PlaintextHosts.REMEDY);
    }
  }
}
