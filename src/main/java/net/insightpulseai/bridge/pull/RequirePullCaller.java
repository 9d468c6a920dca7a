package net.insightpulseai.bridge.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import net.insightpulseai.bridge.access.ServiceAccess;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Guard;
import net.insightpulseai.bridge.http.PathPart;
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

  /** Anybody may ask, and look-ups of everything else share a small pool of connections. */
  private final Permits lookUps = new Permits(1, "Too many callers are being looked up; ask later");

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

  /** If the subscriber was looked up for its secret, it becomes the variable already. */
  @Override
  public void process(Exchange exchange) {
    access.require(ClientRequest.of(exchange), key -> isSecretOfNamed(exchange, key));
  }

  /**
   * Refuses the caller of an exchange if it may not fetch from the subscriber any more: for a
   * request that has waited, on any thread.
   */
  Runnable again(Exchange exchange) {
    ClientRequest request = ClientRequest.of(exchange);
    long id = Subscriber.of(exchange).id();
    return () -> access.require(request, key -> isSecretOf(table.find(id), key));
  }

  private boolean isSecretOfNamed(Exchange exchange, String key) {
    Subscriber named;
    lookUps.acquire(1);
    try {
      named = table.find(PathPart.text(exchange, KEY));
    } finally {
      lookUps.release(1);
    }
    if (named != null) {
      named.setOn(exchange);
    }
    return isSecretOf(named, key);
  }

  private boolean isSecretOf(@Nullable Subscriber subscriber, String key) {
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
}
