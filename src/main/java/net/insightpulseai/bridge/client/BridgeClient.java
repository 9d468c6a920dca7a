package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import net.insightpulseai.bridge.ingest.ExactJson;

/** Calls a running bridge. Numbers in its answers keep every digit. */
final class BridgeClient {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final ClientSettings settings;
  private final ObjectMapper json = ExactJson.mapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  BridgeClient(ClientSettings settings) {
    this.settings = settings;
  }

  ClientSettings settings() {
    return settings;
  }

  ObjectMapper json() {
    return json;
  }

  /**
   * Looks something up with the service key.
   *
   * @param path with its query, encoded
   * @throws CallFailed unless the answer is 200
   * @throws WrongArguments if the bridge finds a parameter wrong (400)
   */
  HttpResponse<String> get(String path) throws CallFailed, WrongArguments {
    return get(path, settings.serviceKey());
  }

  private HttpResponse<String> get(String path, String key) throws CallFailed, WrongArguments {
    return send(request(path, Map.of("apikey", key)).GET());
  }

  /** The same, as JSON. */
  JsonNode getJson(String path) throws CallFailed, WrongArguments {
    return read(get(path).body());
  }

  /** The same with another key. */
  JsonNode getJson(String path, String key) throws CallFailed, WrongArguments {
    return read(get(path, key).body());
  }

  /** Posts JSON with these headers. */
  JsonNode post(String path, byte[] body, Map<String, String> headers)
      throws CallFailed, WrongArguments {
    HttpRequest.Builder request =
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    return read(send(request).body());
  }

  /** Java's own messages would show the key. */
  private HttpRequest.Builder request(String path, Map<String, String> headers) throws CallFailed {
    HttpRequest.Builder request;
    try {
      request = HttpRequest.newBuilder(URI.create(settings.url() + path));
    } catch (IllegalArgumentException e) {
      throw new CallFailed(
          "BRIDGE_URL is no address of a bridge; expected one such as http://127.0.0.1:8787");
    }
    try {
      headers.forEach(request::header);
    } catch (IllegalArgumentException e) {
      throw new CallFailed(
          "the key holds characters that no header can have; expected it as the bridge has"
              + " it");
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws CallFailed, WrongArguments {
    HttpResponse<String> answer;
    try {
      answer = http.send(request.timeout(ANSWER).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw CallFailed.forNow(
          "no bridge answers at %s (%s); start one with make bridge-up, or set BRIDGE_URL"
              .formatted(settings.url(), cause(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallFailed("interrupted");
    }
    if (answer.statusCode() == 200 || answer.statusCode() == 202) {
      return answer;
    }
    throw refused(answer);
  }

  private static String cause(IOException e) {
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection within " + CONNECT.toSeconds() + " s";
    }
    return e instanceof ConnectException ? "connection refused" : e.getClass().getSimpleName();
  }

  private CallFailed refused(HttpResponse<String> answer) throws WrongArguments {
    boolean signed = answer.request().headers().firstValue("x-signature").isPresent();
    String said = message(answer.body());
    return switch (answer.statusCode()) {
      case 400 -> throw new WrongArguments(said);
      case 401, 403 ->
          new CallFailed(
              "the bridge at %s refuses the %s (%d): %s; expected the one that the bridge has, in %s"
                  .formatted(
                      settings.url(),
                      signed ? "signature" : "key",
                      answer.statusCode(),
                      said,
                      signed ? "EDGE_HMAC_SECRET" : "SUPABASE_SERVICE_ROLE_KEY"));
      case 429, 500, 502, 503, 504 -> CallFailed.forNow(answers(answer, said));
      default -> new CallFailed(answers(answer, said));
    };
  }

  private static String answers(HttpResponse<String> answer, String said) {
    return "the bridge answers %d: %s".formatted(answer.statusCode(), said);
  }

  /** The message of an error; a body that is none, as from a proxy, is only mentioned. */
  private String message(String body) {
    try {
      String message = json.readTree(body).path("message").asText();
      return message.isEmpty() ? "without a message" : Cell.printable(message);
    } catch (JsonProcessingException e) {
      return "not with JSON, as a bridge does; is this its address?";
    }
  }

  private JsonNode read(String body) throws CallFailed {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new CallFailed(
          "what answers at %s sends no JSON; is it a bridge?".formatted(settings.url()));
    }
  }
}
