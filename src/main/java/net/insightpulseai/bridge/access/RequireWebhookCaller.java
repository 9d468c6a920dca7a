package net.insightpulseai.bridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Guard;
import net.insightpulseai.bridge.http.RawBody;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Accepts a shared secret in a header as well as service access or a signature, because a Supabase
 * Database Webhook cannot sign. Makes the raw bytes the body.
 */
@Component("requireWebhookCaller")
class RequireWebhookCaller implements Guard {

  private static final String HEADER = "x-webhook-secret";

  private final byte[] secret;
  private final RequireCaller requireCaller;
  private final RawBody rawBody;

  RequireWebhookCaller(SupabaseSettings settings, RequireCaller requireCaller, RawBody rawBody) {
    this.secret = settings.webhookSecret().strip().getBytes(UTF_8);
    this.requireCaller = requireCaller;
    this.rawBody = rawBody;
  }

  @Override
  public boolean knows(ClientRequest request) {
    String shared = request.singleHeader(HEADER);
    if (shared == null) {
      return requireCaller.knows(request);
    }
    if (secret.length == 0 || !MessageDigest.isEqual(secret, shared.getBytes(UTF_8))) {
      throw new Refusal(
          401, "webhook_secret", "The header x-webhook-secret is not the configured secret");
    }
    return true;
  }

  @Override
  public void process(Exchange exchange) {
    ClientRequest request = ClientRequest.of(exchange);
    if (request.header(HEADER) == null) {
      requireCaller.process(exchange);
    } else {
      knows(request);
      rawBody.read(exchange);
      request.requireUncompressed();
    }
  }
}
