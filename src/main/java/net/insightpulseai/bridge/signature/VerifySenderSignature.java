package net.insightpulseai.bridge.signature;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The guard of a route for one sender with a secret of its own: a {@code bean} step with the method
 * {@code by(${exchange}, 'BRIDGE_SENDER_SHOP')}. The secret is in the variable of that name; while
 * it is changed, the one before is in the variable with {@code _PREVIOUS} behind it.
 */
@Component("verifySenderSignature")
public class VerifySenderSignature {

  private static final Logger LOG = LoggerFactory.getLogger(VerifySenderSignature.class);

  /** Others are refused, so that no route checks with a secret that is for something else. */
  private static final Pattern VARIABLE = Pattern.compile("BRIDGE_SENDER_[A-Z0-9_]{1,100}");

  /** Characters, as for every other secret. */
  private static final int SHORTEST = 16;

  private final SignedRequest signed;
  private final Environment environment;
  private final SignatureSettings settings;
  private final Clock clock;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** By variable and header, for as long as the bridge runs: the environment does not change. */
  private final Map<String, SignatureCheck> checks = new ConcurrentHashMap<>();

  VerifySenderSignature(
      SignedRequest signed, Environment environment, SignatureSettings settings, Clock clock) {
    this.signed = signed;
    this.environment = environment;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Takes Standard Webhooks, and hex of HMAC-SHA256 over the body in the header {@code
   * x-signature}. Makes the raw bytes the body.
   *
   * @param variable the environment variable with the secret
   * @throws Refusal 401 unless the request is signed with that secret
   */
  public void by(Exchange exchange, String variable) {
    by(exchange, variable, OriginalScheme.HEADER);
  }

  /**
   * The same for senders that have the hex in another header, such as {@code X-Hub-Signature-256};
   * {@code sha256=} may stand before it.
   */
  public void by(Exchange exchange, String variable, String header) {
    signed.accept(
        exchange,
        checks.computeIfAbsent(
            variable + " " + header, key -> check(variable, header.toLowerCase(Locale.ROOT))));
  }

  private SignatureCheck check(String variable, String header) {
    List<String> secrets =
        VARIABLE.matcher(variable).matches()
            ? Stream.of(variable, variable + "_PREVIOUS")
                .map(name -> environment.getProperty(name, "").strip())
                .filter(secret -> secret.length() >= SHORTEST)
                .toList()
            : List.of();
    // Once, because anybody can send a request.
    if (secrets.isEmpty() && told.add(variable)) {
      LOG.warn(
          "Requests are refused because {} holds no secret of at least {} characters; expected a"
              + " variable whose name begins with BRIDGE_SENDER_",
          variable,
          SHORTEST);
    }
    try {
      return new SignatureCheck(secrets, header, settings.tolerance(), clock);
    } catch (StartRefused e) {
      if (told.add(variable)) {
        LOG.warn("Requests are refused because {} holds whsec_ and no base64 behind it", variable);
      }
      throw new Refusal(401, "no_signing_secret", "Invalid signature");
    }
  }
}
