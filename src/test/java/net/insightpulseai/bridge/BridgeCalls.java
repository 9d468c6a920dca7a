package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls the running bridge over HTTP, signed or not. */
public abstract class BridgeCalls {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /** The address of a path on the running bridge. */
  protected abstract String url(String path);

  /** The original contract's signature: lower-case hex of HMAC-SHA256 over the body. */
  public static String sign(byte[] body) {
    return sign(BridgeTest.SECRET, body);
  }

  public static String sign(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String sign(String body) {
    return sign(body.getBytes(UTF_8));
  }

  /**
   * Posts JSON.
   *
   * @param headers names and values in turn; a content type among them replaces JSON's
   */
  protected final HttpResponse<String> post(String path, String body, String... headers) {
    return post(path, body.getBytes(UTF_8), headers);
  }

  protected final HttpResponse<String> post(String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    return send(request, headers);
  }

  /** Posts JSON with its signature. */
  protected final HttpResponse<String> postSigned(String path, String body) {
    return post(path, body, "x-signature", sign(body));
  }

  protected final HttpResponse<String> get(String path, String... headers) {
    return send(request(path).GET(), headers);
  }

  /** Any method with any body, which GET may have too. */
  protected final HttpResponse<String> call(
      String method, String path, byte[] body, String... headers) {
    return send(request(path).method(method, BodyPublishers.ofByteArray(body)), headers);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(30));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase("content-type")) {
        request.setHeader(headers[i], headers[i + 1]);
      } else {
        // Not setHeader: some tests repeat one.
        request.header(headers[i], headers[i + 1]);
      }
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
