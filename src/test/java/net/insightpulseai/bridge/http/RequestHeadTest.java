package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that two programs could read in two ways, and those that are too long. */
@ExtendWith(OutputCaptureExtension.class)
class RequestHeadTest extends EdgeTest {

  private static final String HOST = " HTTP/1.1\r\nHost: bridge\r\n";
  private static final String POST = "POST /bridge/event/test" + HOST;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The length of the body in two ways.
        "POST /bridge/event/test HTTP/1.1~Host: x~Content-Length: 2~Transfer-Encoding: chunked~~0~~|400",
        "POST /bridge/event/test HTTP/1.1~Host: x~Content-Length: 2~Content-Length: 3~~{} |400",
        "POST /bridge/event/test HTTP/1.1~Host: x~Content-Length: 2,3~~{} |400",
        "POST /bridge/event/test HTTP/1.1~Host: x~Content-Length: -2~~{} |400",
        "POST /bridge/event/test HTTP/1.1~Host: x~Content-Length: 0x2~~{} |400",
        "POST /bridge/event/test HTTP/1.1~Host: x~Transfer-Encoding: chunked, xchunked~~0~~|400",
        "POST /bridge/event/test HTTP/1.1~Host: x~Transfer-Encoding: chunked~~zz~~ |400",
        "POST /bridge/event/test HTTP/1.1~Host: x~Transfer-Encoding: chunked~~-1~~ |400",
        "POST /bridge/event/test HTTP/1.1~Host: x~Transfer-Encoding: chunked~~fffffffff~~ |400",
        "POST /test/open HTTP/1.1~Host: x~Transfer-Encoding: gzip, chunked~~0~~|400",
        "POST /test/open HTTP/1.1~Host: x~Transfer-Encoding: identity~Transfer-Encoding: chunked~~0~~|400",
        // The end of a line in two ways.
        "GET /health HTTP/1.1^Host: x^^|400",
        "GET /health HTTP/1.1~Host: x^X-A: b~~|400",
        // A header's name in two ways.
        "GET /health HTTP/1.1~Host : x~~|400",
        "GET /health HTTP/1.1~Host: x~X A: b~~|400",
        "GET /health HTTP/1.1~Host: x~: b~~|400",
        // Whom it is for.
        "GET /health HTTP/1.1~~|400",
        "GET /health HTTP/1.1~Host: x~Host: y~~|400",
        "GET /health HTTP/1.1~Host: x:65536~~|400",
        "GET http://x:65536/health HTTP/1.1~Host: x~~|400",
        "GET http://user@x/health HTTP/1.1~Host: x~~|400",
        "GET http:///health HTTP/1.1~Host: x~~|400",
        "GET javascript://x/health HTTP/1.1~Host: x~~|400",
        // The address in two ways.
        "GET http://x?y=/health HTTP/1.1~Host: x~~|400",
        "GET x?y=http://z/health HTTP/1.1~Host: x~~|400",
        "GET http://x#/health HTTP/1.1~Host: x~~|400",
        "GET /bridge/../health HTTP/1.1~Host: x~~|400",
        "GET /./health HTTP/1.1~Host: x~~|400",
        "GET /bridge%2fhealth HTTP/1.1~Host: x~~|400",
        "GET /%2e%2e/health HTTP/1.1~Host: x~~|400",
        "GET /health%5c HTTP/1.1~Host: x~~|400",
        "GET /health%00 HTTP/1.1~Host: x~~|400",
        "GET /health%250a HTTP/1.1~Host: x~~|400",
        "GET /health;a=b HTTP/1.1~Host: x~~|400",
        "GET /health%3ba HTTP/1.1~Host: x~~|400",
        "GET /health%zz HTTP/1.1~Host: x~~|400",
        "GET /health?a=%zz HTTP/1.1~Host: x~~|400",
        "GET /health?a=<b> HTTP/1.1~Host: x~~|400",
        "GET health HTTP/1.1~Host: x~~|400",
        "GET * HTTP/1.1~Host: x~~|400",
        "GET /health HTTP/2.0~Host: x~~|505",
        "GET /health http/1.1~Host: x~~|505",
        "POST /test/open HTTP/1.1~Host: x~Expect: 100-continue~Expect: the moon~Content-Length: 2~~|417",
        "POST /test/open HTTP/1.1~Host: x~Expect: the moon~Content-Length: 2~~{} |417",
        // What is right.
        "GET http://x/health HTTP/1.1~Host: y~~|200",
        "GET HTTPS://[::1]:65535/health HTTP/1.1~Host: x:65535~~|200",
        "OPTIONS http://x HTTP/1.1~Host: x~~|204",
        "POST /test/open HTTP/1.1~Host: x~Transfer-Encoding: Chunked~~0~~|200",
        "GET /%68ealth HTTP/1.1~Host: x~~|200",
        "GET /health?a=b;c&d=[e] HTTP/1.1~Host: x~~|200",
        "HEAD /health HTTP/1.1~Host: x~~|200",
        "GET /health HTTP/1.0~Host: x~~|200",
        "GET /health HTTP/1.0~~|200",
        "GET /health HTTP/1.0~Host: x~Host: y~~|400",
        "OPTIONS * HTTP/1.1~Host: x~~|204",
        "GET /health/ HTTP/1.1~Host: x~~|404",
        "HEAD /test/open HTTP/1.1~Host: x~~|405",
        "TRACE /health HTTP/1.1~Host: x~~|405",
      })
  void aRequestIsReadInOneWayOnly(String request, int status) {
    try (RawHttp raw = new RawHttp(url("/"))) {
      raw.sendBytes(request.replace("~", "\r\n").replace('^', '\n'));

      assertThat(raw.status()).matches("HTTP/1\\.[01] " + status + " .*");
    }
  }

  @Test
  void whatIsTooLongIsNamedSoAndCostsNoLine(CapturedOutput output) {
    String much = "a".repeat(10_000);
    assertStatus("GET /" + much + HOST + "\r\n", 414);
    try (RawHttp raw = new RawHttp(url("/"))) {
      assertThat(raw.sendBytes("GET /" + much + HOST + "\r\n").answer())
          .contains("The address is longer than 8 KB");
    }
    assertStatus("GET /health" + HOST + "X-Much: " + much + "\r\n\r\n", 431);
    assertStatus(
        POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Much: " + much + "\r\n\r\n",
        431);
    assertThat(output.getAll().lines())
        .noneMatch(line -> line.contains("TooLongHttp") || line.contains("\"level\":\"ERROR\""));
  }

  @Test
  void whatTheRouterCannotReadDoesNotReachIt(CapturedOutput output) {
    assertStatus("GET /health HTTP/1.1\r\nHost: x:99999\r\n\r\n", 400);

    assertThat(output.getAll()).doesNotContain("failed before its route");
  }

  @Test
  void headHasNoBody() {
    try (RawHttp raw = new RawHttp(url("/"))) {
      String answer = raw.sendBytes("HEAD /health" + HOST + "Connection: close\r\n\r\n").answer();

      assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    }
  }

  @Test
  void requestsInOneGoAreAnsweredInTheirOrder() {
    try (RawHttp raw = new RawHttp(url("/"))) {
      String answers =
          raw.sendBytes("GET /health" + HOST + "\r\nGET /nothing" + HOST + "\r\nOPTIONS /" + HOST)
              .sendBytes("\r\nGET /health" + HOST + "Connection: close\r\n\r\n")
              .answer();

      assertThat(answers.replaceAll("(?s)HTTP/1.1 (\\d+).*?(?=HTTP/1.1|$)", "$1 "))
          .isEqualTo("200 404 204 200 ");
    }
  }

  @Test
  void aBodyIsAskedForOnceItsSenderMaySendIt() {
    String awaits = "Expect: 100-continue\r\nContent-Length: 2\r\n";
    try (RawHttp raw = new RawHttp(url("/"))) {
      raw.sendBytes(POST + awaits + "x-signature: " + sign("{}") + "\r\n\r\n");
      assertThat(raw.status()).startsWith("HTTP/1.1 100");
      assertThat(raw.sendBytes("{}").nextStatus()).startsWith("HTTP/1.1 200");
    }
    assertStatus(POST + awaits + "\r\n", 401);
    assertStatus(POST + awaits.replace("2", "2000000") + "\r\n", 413);
  }

  @Test
  void anOldClientIsNotAskedForItsBody() {
    String awaits = "POST /test/open HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    try (RawHttp raw = new RawHttp(url("/"))) {
      raw.sendBytes(awaits);
      // Served by the same event loop, behind it.
      assertThat(post("/test/open", "{}").statusCode()).isEqualTo(200);
      assertThat(raw.sendBytes("{}").status()).isEqualTo("HTTP/1.0 200 OK");
    }
  }

  @Test
  void whomTheHeadersRefuseIsRefusedBeforeTheBodyIsThere() {
    for (String path : new String[] {"/functions/v1/test_key", "/test/caller", "/test/webhook"}) {
      assertStatus("POST " + path + HOST + "apikey: no\r\nContent-Length: 900\r\n\r\n{", 401);
      assertThat(lastRefused().route()).isEqualTo("test" + path);
    }
    assertStatus(POST + "Content-Length: 900\r\n\r\n{", 401);
    assertThat(lastRefused().reason()).isEqualTo("signature_missing");
  }

  private void assertStatus(String request, int status) {
    try (RawHttp raw = new RawHttp(url("/"))) {
      assertThat(raw.sendBytes(request).status()).startsWith("HTTP/1.1 " + status);
    }
  }
}
