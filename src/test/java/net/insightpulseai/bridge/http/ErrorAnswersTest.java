package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ErrorAnswersTest extends EdgeTest {

  private static final String MARKER = "m4rk3r";

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void optionsIsAnswered204WithCors() throws Exception {
    HttpResponse<String> response = send("OPTIONS", "/functions/v1/test");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("access-control-allow-methods"))
        .contains("POST, OPTIONS");
    assertThat(response.headers().firstValue("access-control-allow-headers").orElseThrow())
        .contains(
            "authorization",
            "x-client-info",
            "apikey",
            "content-type",
            "x-signature",
            "x-retry-count",
            "traceparent",
            "tracestate",
            "baggage",
            "x-region",
            "idempotency-key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void otherMethodsOfAFunctionAre405(String method) throws Exception {
    HttpResponse<String> response = send(method, "/functions/v1/test");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.body())
        .isEqualTo(
            "{\"ok\":false,\"code\":\"method_not_allowed\",\"message\":\"Method Not Allowed\"}");
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    assertThat(response.headers().firstValue("allow")).contains("OPTIONS, POST");
    assertThat(send(method.replace("GET", "PUT"), "/health").headers().firstValue("allow"))
        .contains("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain                             | text/plain",
        "text/plain, text/html;q=0.5            | text/plain",
        "application/json, text/plain, */*      | application/json",
        "*/*                                    | application/json",
        "application/*;q=0.1, text/plain        | application/json",
        "text/html                              | application/json"
      })
  void anErrorOfAFunctionIsTextForWhoAsksForText(String accept, String type) {
    HttpResponse<String> response =
        post("/functions/v1/test", "{}", "x-signature", "00", "accept", accept);
    assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith(type);
    assertThat(type.startsWith("text") ? response.body() : messageOf(response))
        .isEqualTo("Invalid signature");
  }

  @Test
  void anErrorElsewhereIsJsonWhateverIsAskedFor() {
    assertThat(post("/test/caller", "{}", "x-signature", "00", "accept", "text/plain").body())
        .contains("\"code\":\"invalid_signature\"");
  }

  @Test
  void otherMethodsElsewhereAre405InJson() throws Exception {
    assertThat(send("DELETE", "/test/open").body()).contains("\"code\":\"method_not_allowed\"");
  }

  @Test
  void unknownFunctionIsTheGateways404() throws Exception {
    HttpResponse<String> response = send("POST", "/functions/v1/nothing");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("sb-error-code")).contains("NOT_FOUND");
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":\"NOT_FOUND\",\"message\":\"Requested function was not found\","
                + "\"msg\":\"Requested function was not found\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/error", "/", "/functions", "/actuator/health", "/index.html"})
  void unknownPathIs404InJson(String path) throws Exception {
    HttpResponse<String> response = send("GET", path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"ok\":false,\"code\":\"not_found\",\"message\":\"There is nothing at this"
                + " address\"}");
  }

  @Test
  void keyIsRefusedInTheGatewaysForm() {
    HttpResponse<String> response = post("/functions/v1/test_key", "{}");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("sb-error-code"))
        .contains("UNAUTHORIZED_NO_AUTH_HEADER");
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":\"UNAUTHORIZED_NO_AUTH_HEADER\",\"message\":\"Missing authorization"
                + " header\",\"msg\":\"Missing authorization header\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/test/failing", "/functions/v1/test_failing", "/test/unguarded"})
  void failureIs503AndTellsNothing(String path, CapturedOutput output) {
    HttpResponse<String> response = post(path, "{}");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("retry-after")).isPresent();
    assertThat(response.body()).doesNotContain("hush", "Exception", "java");
    if (!path.equals("/test/unguarded")) {
      assertThat(output.getAll().lines().filter(line -> line.contains("Exception"))).hasSize(1);
      assertThat(output).doesNotContain("hush");
    }
  }

  @Test
  void databaseTroubleHasItsOwnReason() {
    assertThat(post("/functions/v1/test_failing", "{}").body())
        .contains("\"code\":\"database_unavailable\"", "\"message\":\"Service Unavailable\"");
    assertThat(lastRefused().reason()).isEqualTo("database_unavailable");
  }

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/9.9, 505",
    "nonsense, 400",
    "GET /<m4rk3r> HTTP/1.1, 400",
    "GET /%00 HTTP/1.1, 400",
    "GET //x HTTP/1.1, 400",
    "POST /test/open;m4rk3r=1 HTTP/1.1, 400",
  })
  void containersOwnErrorsLeakNothing(String requestLine, int status) {
    try (RawHttp raw = new RawHttp(url("/"))) {
      String answer =
          raw.send(requestLine + "\nhost: x\nx-marker: m4rk3r\nconnection: close\n\n").answer();
      assertThat(answer).startsWith("HTTP/1.1 " + status);
      assertThat(answer.toLowerCase(Locale.ROOT))
          .doesNotContain("tomcat", "apache", "<html", "server:", MARKER, "exception");
    }
  }

  @Test
  void nothingOfTheHeadersComesBack() {
    for (String path :
        new String[] {
          "/functions/v1/test",
          "/bridge/event/test",
          "/test/caller",
          "/test/webhook",
          "/test/open",
          "/functions/v1/test_key",
          "/test/failing",
          "/functions/v1/test_failing",
          "/test/unguarded",
          "/nothing",
          "/functions/v1/nothing",
          "/bridge/refusals"
        }) {
      for (String signature : new String[] {sign("{}"), "00" + MARKER}) {
        for (String authorization : new String[] {"Bearer " + serviceKey(), MARKER}) {
          assertNoEcho(
              post(
                  path + "?" + MARKER + "=" + MARKER,
                  "{}",
                  "x-signature",
                  signature,
                  "authorization",
                  authorization,
                  "x-" + MARKER,
                  MARKER,
                  "cookie",
                  MARKER + "=" + MARKER,
                  "x-webhook-secret",
                  MARKER,
                  "origin",
                  "https://" + MARKER + ".example",
                  "user-agent",
                  MARKER,
                  "accept-language",
                  "en-" + MARKER,
                  "content-type",
                  "text/" + MARKER,
                  "accept",
                  "text/" + MARKER));
        }
      }
    }
    assertNoEcho(
        get("/bridge/refusals?x=" + MARKER, "apikey", serviceKey(), "x-" + MARKER, MARKER));
  }

  private static void assertNoEcho(HttpResponse<String> response) {
    String all = response.headers().map() + response.body();
    assertThat(all).doesNotContain(MARKER, serviceKey(), sign("{}"));
    assertThat(response.headers().map())
        .doesNotContainKeys("server", "x-application-context", "set-cookie");
    assertThat(response.headers().allValues("access-control-allow-origin")).containsExactly("*");
    assertThat(response.statusCode()).isNotEqualTo(500);
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url(path)))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
