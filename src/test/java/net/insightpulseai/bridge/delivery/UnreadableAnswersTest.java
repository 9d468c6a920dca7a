package net.insightpulseai.bridge.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import net.insightpulseai.bridge.Conversation;
import net.insightpulseai.bridge.answer.Answer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A webhook's status is its answer, whatever follows it. */
@Timeout(60)
class UnreadableAnswersTest extends WebhookStep {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content-Length: 50^^short                                            | short
          Content-Length: 50^^                                                 |
          Transfer-Encoding: chunked^^5^hello^                                 | hello
          Transfer-Encoding: chunked^^5^hello^ffffffffffffffffffff^x           | hello
          Transfer-Encoding: chunked^^not hex^hello                            |
          Transfer-Encoding: gzip, chunked^^5^hello^0^^                        | 5 hello 0
          Transfer-Encoding: odd^^hello                                        | hello
          Content-Encoding: gzip^Content-Length: 0^^                           |
          Content-Encoding: gzip^Content-Length: 5^^hello                      |
          Content-Encoding: br^Content-Length: 5^^hello                        |
          Content-Length: 5^Content-Length: 5^^hello                           | hello
          Content-Length: 5^Content-Length: 6^^hello                           | hello
          Content-Length: five^^hello                                          | hello
          Content-Length: -5^^hello                                            | hello
          Content-Type: text/plain; charset=none^Content-Length: 5^^hello      | hello
          """)
  void aStatusOf2xxIsDelivered(String rest, String excerpt) {
    Exchange exchange =
        call(
            out ->
                out.write(
                    ("HTTP/1.1 200 OK\r\n" + rest.replace("^", "\r\n")).getBytes(ISO_8859_1)));

    assertThat(judge(exchange).reason()).isEqualTo("ok");
    assertThat(Answer.of(exchange).body().replaceAll("\\s+", " ").strip())
        .isEqualTo(excerpt == null ? "" : excerpt);
    assertThat(server.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {410, 500})
  void anyOtherStatusCountsAsWell(int status) {
    Exchange exchange =
        call(
            out ->
                out.write(
                    ("HTTP/1.1 " + status + " x\r\nContent-Length: 50\r\n\r\nmoved")
                        .getBytes(ISO_8859_1)));

    assertThat(judge(exchange).error()).isEqualTo("status " + status + ": moved");
  }

  @Test
  void aBodyThatNeverBeginsIsNotWaitedFor() {
    Exchange exchange =
        call(
            out -> {
              out.write("HTTP/1.1 202 Accepted\r\n\r\n".getBytes(ISO_8859_1));
              new CountDownLatch(1).await();
            });

    assertThat(judge(exchange).reason()).isEqualTo("accepted");
  }

  @Test
  void nothingAsksForACompressedAnswer() {
    call(out -> out.write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1)));

    assertThat(server.lastRequest()).doesNotContainIgnoringCase("accept-encoding");
  }

  @Test
  void anAnswerBeforeTheBodyWasReadIsReadThoughTheConnectionIsReset() throws Exception {
    try (Conversation early =
        new Conversation(
            (head, nth, socket) -> {
              boolean thin = head.length() > 0 && !head.contains("Content-Length: 40000");
              if (thin) {
                Conversation.readBody(head, socket);
              }
              Conversation.write(
                  "HTTP/1.1 " + (thin ? "204 No Content" : "413 Too Large") + "\r\n\r\n", socket);
              // Closing with what was not read is a reset.
              return false;
            })) {
      for (int i = 0; i < 20; i++) {
        assertThat(judge(call(early.url(), "x".repeat(4_000_000))).reason()).isEqualTo("ok");
      }

      assertThat(early.heads()).hasSize(40);
    }
  }
}
