package net.insightpulseai.bridge.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import net.insightpulseai.bridge.RawServer;
import net.insightpulseai.bridge.answer.Act;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shipped step that calls subscribers, against servers that do not behave. */
@Timeout(30)
class WebhookRouteOnSocketsTest extends WebhookStep {

  @Test
  void aConnectionThatClosesWithoutAnAnswerIsTriedAgainByTheQueueOnly() {
    Exchange exchange = call(out -> {});

    assertThat(judge(exchange).reason()).isEqualTo("connection_lost");
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void aKeptConnectionThatTheOtherSideHasClosedIsNotUsedAgain() {
    call(out -> out.write((OK + "Content-Length: 0\r\n\r\n").getBytes(US_ASCII)));
    await().until(() -> server.ended() == 1);

    assertThat(judge(call(server.url())).reason()).isEqualTo("ok");
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void whatIsNotHttpIsAFailure() {
    Exchange exchange = call(out -> out.write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(US_ASCII)));

    assertThat(Act.of(judge(exchange))).isEqualTo(Act.RETRY);
  }

  @Test
  void aServerWithoutTlsBehindHttpsIsATlsFailure() {
    server = new RawServer(out -> out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)));

    assertThat(judge(call(server.url().replace("http:", "https:"))).reason()).isEqualTo("tls");
  }

  @Test
  void nothingListeningIsUnreachable() throws IOException {
    server = new RawServer(out -> {});
    server.close();

    assertThat(judge(call(server.url())).reason()).isEqualTo("unreachable");
  }

  @Test
  void anAnswerFullOfOurOwnHeadersIsOnlyAnAnswer() {
    Exchange exchange =
        call(
            out ->
                out.write(
                    ("HTTP/1.1 413 Too Large\r\nCamelHttpUri: http://169.254.169.254/\r\n"
                            + "CAMELHTTPPATH: /admin\r\nCamelHttpResponseCode: 200\r\n"
                            + "Connection: close\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(US_ASCII)));

    assertThat(server.requests()).isEqualTo(2);
    assertThat(judge(exchange).reason()).isEqualTo("too_large");
  }
}
