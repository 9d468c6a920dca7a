package net.insightpulseai.bridge.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import net.insightpulseai.bridge.RawServer;
import net.insightpulseai.bridge.answer.Act;
import net.insightpulseai.bridge.answer.Answer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nobody can hold a call for longer than its time-out, or make the bridge keep more than it needs.
 */
@Timeout(30)
class EndlessAnswersTest extends WebhookStep {

  @Test
  void noAnswerAtAllEndsAtTheDeadline() {
    assertTimeout(call(out -> new CountDownLatch(1).await()));
  }

  @Test
  void aBodyThatTricklesForEverIsLeftAfterAWhile() {
    Exchange exchange =
        call(
            out -> {
              out.write((OK + "\r\nhello").getBytes(US_ASCII));
              RawServer.trickle(out, timer);
            });

    assertThat(judge(exchange).reason()).isEqualTo("ok");
    assertThat(Answer.of(exchange).body()).startsWith("hello ");
    await().until(() -> server.ended() == 1);
  }

  @Test
  void anAnswerOfAGigabyteIsReadOnlyAtItsBeginning() {
    Exchange exchange =
        call(
            out -> {
              out.write((OK + "Content-Length: 1000000000\r\n\r\n").getBytes(US_ASCII));
              RawServer.flood(out);
            });

    assertThat(judge(exchange).reason()).isEqualTo("ok");
    assertThat(Answer.of(exchange).body()).hasSize(Answer.KEPT_BYTES);
    assertThat(server.written()).isLessThan(100_000_000);
  }

  @Test
  void aHeaderThatTricklesForEverEndsAtTheDeadline() {
    assertTimeout(
        call(
            out -> {
              out.write((OK + "X-Slow: ").getBytes(US_ASCII));
              RawServer.trickle(out, timer);
            }));
  }

  @Test
  void informationThatIsNoAnswerEndsAtTheDeadline() {
    assertTimeout(
        call(
            out -> {
              byte[] wait = "HTTP/1.1 102 Processing\r\n\r\n".getBytes(US_ASCII);
              while (true) {
                out.write(wait);
              }
            }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Long: ", "X-Long: a\r\n ", ""})
  void aHeaderOfAGigabyteIsReadOnlyAtItsBeginning(String header) {
    Exchange exchange =
        call(
            out -> {
              out.write((OK + header).getBytes(US_ASCII));
              RawServer.flood(out);
            });

    assertThat(Act.of(judge(exchange))).isEqualTo(Act.RETRY);
    assertThat(server.written()).isLessThan(100_000_000);
  }

  @Test
  void headersWithoutNumberAreReadOnlyAtTheirBeginning() {
    Exchange exchange =
        call(
            out -> {
              out.write(OK.getBytes(US_ASCII));
              byte[] some = "X-Many: 1\r\n".repeat(5_000).getBytes(US_ASCII);
              for (int i = 0; i < 16_000; i++) {
                out.write(some);
              }
            });

    assertThat(Act.of(judge(exchange))).isEqualTo(Act.RETRY);
    assertThat(server.written()).isLessThan(100_000_000);
  }

  @Test
  void whoAcceptsAndReadsNothingEndsAtTheDeadline() throws IOException {
    server = new RawServer(out -> {});
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertTimeout(call("http://127.0.0.1:" + deaf.getLocalPort(), "x".repeat(16_000_000)));
    }
  }

  @Test
  void aTlsHandshakeThatIsNeverAnsweredEndsAtTheDeadline() throws IOException {
    server = new RawServer(out -> {});
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(judge(call("https://127.0.0.1:" + deaf.getLocalPort())).reason())
          .isEqualTo("timeout");
    }
  }

  @Test
  void aTlsHandshakeThatTricklesForEverEndsAtTheDeadline() {
    server =
        new RawServer(
            out -> {
              // A record of the handshake, sixteen thousand bytes long, that comes byte by byte.
              out.write(new byte[] {22, 3, 3, 0x3e, (byte) 0x80});
              RawServer.trickle(out, timer);
            });

    assertThat(judge(call(server.url().replace("http:", "https:"))).reason()).isEqualTo("timeout");
  }
}
