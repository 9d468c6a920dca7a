package net.insightpulseai.bridge.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.insightpulseai.bridge.access.OwnKey;
import net.insightpulseai.bridge.signature.HmacSha256;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Calls the operations of the bridge's own HTTP API, in this process, with service access. So an
 * operator's console does what the API does, with its checks and its records, and nothing else.
 */
@Component
public class OwnCalls {

  /** Where Odoo's events go. */
  public static final String INGEST = "/functions/v1/odoo_event_ingest";

  /** The operations that a signature vouches for, as that of their callers does. */
  private static final Set<String> SIGNED = Set.of("/bridge/replay", INGEST);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final OwnKey key;
  private final SignatureSettings signature;
  private final Environment environment;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          // The key must not leave this machine, whatever proxy the JVM is told to use.
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  OwnCalls(OwnKey key, SignatureSettings signature, Environment environment) {
    this.key = key;
    this.signature = signature;
    this.environment = environment;
  }

  /**
   * What the API answered.
   *
   * @param retryAfter the header {@code Retry-After}, null without one
   */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  public record Answer(
      int status, String contentType, @Nullable String retryAfter, byte[] content) {}

  /**
   * Calls one operation.
   *
   * @param path with its query, both encoded
   * @param body JSON; empty for none
   * @throws IOException if the public port does not answer
   */
  public Answer call(String method, String path, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .timeout(ANSWER)
            .header("apikey", key.value())
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body.length > 0) {
      request.header("content-type", "application/json");
      List<String> secrets = signature.inboundSecrets();
      if (SIGNED.contains(path) && !secrets.isEmpty()) {
        request.header("x-signature", HmacSha256.hex(secrets.get(0), body));
      }
    }
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(
          answer.statusCode(),
          answer.headers().firstValue("content-type").orElse(""),
          answer.headers().firstValue("retry-after").orElse(null),
          answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The public port, under the address that it listens on. */
  private String address() throws UnknownHostException {
    InetAddress host = InetAddress.getByName(environment.getProperty("server.address", "0.0.0.0"));
    String name =
        (host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host).getHostAddress();
    return "http://"
        + (name.contains(":") ? "[" + name + "]" : name)
        + ":"
        + environment.getRequiredProperty("local.server.port");
  }
}
