package net.insightpulseai.bridge.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.access.ServiceAccess;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Guard;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import net.insightpulseai.bridge.subscriber.SubscriberSecrets;
import net.insightpulseai.bridge.subscriber.SubscriberTable;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Requires the secret of the pull subscriber in the path, or service access. Without either it does
 * not say whether there is such a subscriber.
 */
@Component("requirePullCaller")
class RequirePullCaller implements Guard {

  /** Where the path names the subscriber. */
  static final int KEY = 2;

  private static final int PATIENCE_SECONDS = 2;

  /** Anybody may ask, and look-ups of everything else share a small pool of connections. */
  private final Semaphore lookUps = new Semaphore(1);

  private final ServiceAccess access;
  private final SubscriberTable table;
  private final SubscriberSecrets secrets;

  RequirePullCaller(ServiceAccess access, SubscriberTable table, SubscriberSecrets secrets) {
    this.access = access;
    this.table = table;
    this.secrets = secrets;
  }

  /** The secret is looked up, which the thread that asks this may not do. */
  @Override
  public boolean knows(ClientRequest request) {
    return access.hasServiceKey(request);
  }

  @Override
  public void process(Exchange exchange) {
    access.require(
        ClientRequest.of(exchange), key -> isSecretOf(PathPart.text(exchange, KEY), key));
  }

  private boolean isSecretOf(String idOrName, String key) {
    Subscriber subscriber = find(idOrName);
    if (subscriber == null || subscriber.kind() != Kind.PULL) {
      return false;
    }
    byte[] given = key.getBytes(UTF_8);
    boolean matches = false;
    for (String secret : secrets.live(subscriber)) {
      matches |= MessageDigest.isEqual(secret.getBytes(UTF_8), given);
    }
    return matches;
  }

  private @Nullable Subscriber find(String idOrName) {
    try {
      if (!lookUps.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw Refusal.unavailable(
            "busy", "Too many callers are being looked up; ask later", PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("stopping", "The bridge stops", PATIENCE_SECONDS);
    }
    try {
      return table.find(idOrName);
    } finally {
      lookUps.release();
    }
  }
}
