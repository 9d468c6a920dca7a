package net.insightpulseai.bridge.signature;

import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.config.DurationText;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The secrets that callers sign with, and those that the bridge signs with.
 *
 * @param secret the one secret of both directions; serves where the next two are empty. Unlike an
 *     item of a list it may hold a comma
 * @param inboundSecrets all secrets that a caller may sign with now
 * @param outboundSecret what calls to Odoo are signed with
 * @param tolerance how far a signed timestamp may be off, both ways
 */
@ConfigurationProperties("bridge.signature")
public record SignatureSettings(
    @DefaultValue("") String secret,
    @DefaultValue List<String> inboundSecrets,
    @DefaultValue("") String outboundSecret,
    @DefaultValue("5m") Duration tolerance) {

  public SignatureSettings {
    inboundSecrets = inboundSecrets.stream().filter(one -> !one.isBlank()).toList();
    if (inboundSecrets.isEmpty() && !secret.isBlank()) {
      inboundSecrets = List.of(secret);
    }
    if (outboundSecret.isBlank()) {
      outboundSecret = secret.isBlank() ? "" : secret;
    }
    if (tolerance.isNegative() || tolerance.isZero()) {
      throw new StartRefused(
          "bridge.signature.tolerance is "
              + DurationText.of(tolerance)
              + "; expected a positive duration, such as 5m");
    }
  }

  /** Without the secrets: settings may end up in a log. */
  @Override
  public String toString() {
    return "SignatureSettings[" + inboundSecrets.size() + " inbound secrets]";
  }
}
