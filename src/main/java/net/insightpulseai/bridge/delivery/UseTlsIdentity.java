package net.insightpulseai.bridge.delivery;

import java.io.IOException;
import java.util.function.Function;
import net.insightpulseai.bridge.egress.TlsIdentity;
import net.insightpulseai.bridge.subscriber.LiveTls;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.SubscriberCache;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Gives a call the TLS identity of its subscriber. {@code signDelivery} names the subscriber in a
 * header of the request, because an HTTP step hands on nothing else; it is removed here and never
 * sent.
 */
@Component
class UseTlsIdentity implements ExecChainHandler {

  /** Names the subscriber's target. */
  static final String HEADER = "x-bridge-tls-identity";

  private final Function<String, @Nullable TlsIdentity> identities;

  @Autowired
  UseTlsIdentity(SubscriberCache subscribers, LiveTls tls) {
    this(
        target -> {
          Subscriber subscriber = subscribers.find(target);
          return subscriber == null ? null : tls.of(subscriber);
        });
  }

  UseTlsIdentity(Function<String, @Nullable TlsIdentity> identities) {
    this.identities = identities;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Header named = request.getFirstHeader(HEADER);
    request.removeHeaders(HEADER);
    if (named != null) {
      scope.clientContext.setUserToken(identities.apply(named.getValue()));
    }
    return chain.proceed(request, scope);
  }
}
