package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How connections end, and what happens to requests behind one that is still served. */
@ExtendWith(OutputCaptureExtension.class)
class ConnectionTest extends EdgeTest {

  private static final String HOST = " HTTP/1.1\r\nHost: bridge\r\n";
  private static final String HEALTH = "GET /health" + HOST + "\r\n";
  private static final String HELD = "POST /test/held" + HOST + "Content-Length: 2\r\n\r\n{}";
  private static final String BEGUN = "POST /test/open" + HOST + "Content-Length: 9\r\n\r\n{";

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "2\r\n{}zz\r\n", "2\r\n{}\r\n0\r\nX\u0000: a\r\n\r\n"})
  void aBrokenBodyBehindAnotherRequestEndsTheConnectionAndCostsNoLine(
      String chunks, CapturedOutput output) {
    try (RawHttp raw = new RawHttp(url("/"))) {
      raw.sendBytes(
          HELD + "POST /test/open" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
      await().untilAsserted(() -> assertThat(held.inside()).isEqualTo(1));
      held.open();

      assertThat(statuses(raw.answer())).isEqualTo("200 ");
    }
    assertThat(output.getAll()).doesNotContain("Exception");
  }

  @Test
  void whoHasSentEverythingIsAnswered() {
    try (RawHttp raw = new RawHttp(url("/"))) {
      raw.sendBytes(HELD + HEALTH + HEALTH).finish();
      await().untilAsserted(() -> assertThat(held.inside()).isEqualTo(1));
      held.open();

      assertThat(statuses(raw.answer())).isEqualTo("200 200 200 ");
    }
  }

  @Test
  void whoWillNotSendTheRestKeepsNothing() {
    try (RawHttp raw = new RawHttp(url("/"))) {
      assertThat(raw.sendBytes(BEGUN).finish().answer()).isEmpty();
      await()
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(lastRefused().reason()).isEqualTo("body_incomplete"));
    }
    try (RawHttp raw = new RawHttp(url("/"))) {
      raw.sendBytes(HELD + BEGUN).finish();
      await().untilAsserted(() -> assertThat(held.inside()).isEqualTo(1));
      held.open();

      assertThat(statuses(raw.answer())).isEqualTo("200 ");
    }
    for (String beginning : new String[] {"", HEALTH}) {
      try (RawHttp raw = new RawHttp(url("/"))) {
        assertThat(statuses(raw.sendBytes(beginning).finish().answer()))
            .isEqualTo(beginning.isEmpty() ? "" : "200 ");
      }
    }
  }

  @Test
  void anIdleConnectionIsClosedByTheProxyFirst(@Autowired HttpSettings settings) {
    Duration proxies = Duration.ofSeconds(60); // the default of nginx, Kong and AWS

    assertThat(settings.idleTimeout()).isGreaterThanOrEqualTo(proxies.plusSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "Close", "TE, close", "close, TE"})
  void whoAsksForTheConnectionToBeClosedGetsThat(String options) {
    try (RawHttp raw = new RawHttp(url("/"))) {
      String request = "GET /health" + HOST + "Connection: " + options + "\r\n\r\n";

      assertThat(statuses(raw.sendBytes(request + HEALTH).answer())).isEqualTo("200 ");
    }
  }

  @Test
  void anAnswerThatCannotBeSentIsA503(CapturedOutput output) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> post("/test/unsendable", "{}").statusCode() == 503);
    assertThat(output.getAll()).doesNotContain("\tat ");
  }

  private static String statuses(String answers) {
    return answers.replaceAll("(?s)HTTP/1.1 (\\d+).*?(?=HTTP/1.1|$)", "$1 ");
  }
}
