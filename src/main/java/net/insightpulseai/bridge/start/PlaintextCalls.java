package net.insightpulseai.bridge.start;

import java.util.Locale;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.address.HttpUrl;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;

/** Refuses to send keys to another machine without TLS, unless an operator has said so. */
final class PlaintextCalls {

  private static final Pattern PORT = Pattern.compile(":\\d+$");

  private PlaintextCalls() {}

  /**
   * The same for the brokers of Kafka.
   *
   * @param servers host:port, comma-separated
   * @param protocol Kafka's name of it; PLAINTEXT and SASL_PLAINTEXT are without TLS
   */
  static void checkBrokers(String servers, String protocol, PlaintextHosts allowed) {
    if (servers.isEmpty() || !protocol.toUpperCase(Locale.ROOT).endsWith("PLAINTEXT")) {
      return;
    }
    for (String server : servers.split(",", -1)) {
      String host = PORT.matcher(server.strip()).replaceFirst("");
      if (!allowed.allow(host)) {
        throw new StartRefused(
            "bridge.kafka.bootstrap-servers (KAFKA_BOOTSTRAP_SERVERS)",
            protocol + " for " + host + ", which is not this machine",
            "camel.component.kafka.security-protocol: SSL or SASL_SSL; " + PlaintextHosts.REMEDY);
      }
    }
  }

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
