package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import net.insightpulseai.bridge.RawServer;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.Outcome.Kind;
import org.junit.jupiter.api.Test;

/** An answer that is too long or too slow ends at its bounds. */
class EndlessOdooAnswersTest extends OdooOnSockets {

  @Test
  void anAnswerOfAGigabyteIsReadOnlyAtItsBeginning() {
    Outcome outcome =
        call(
            out -> {
              out.write(
                  (OK + "Content-Length: 1000000000\r\n\r\n{\"ok\":true,\"x\":\"")
                      .getBytes(US_ASCII));
              RawServer.flood(out);
            });

    assertThat(outcome.kind()).isEqualTo(Kind.DONE);
    assertThat(outcome.response().body()).hasSize(Answer.KEPT_BYTES);
    assertThat(server.written()).isLessThan(100_000_000);
  }

  @Test
  void anEndlessAnswerThatIsNotJsonIsASuspectRetry() {
    Outcome outcome =
        call(
            out -> {
              out.write((OK + "\r\n").getBytes(US_ASCII));
              RawServer.flood(out);
            });

    assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
    assertThat(outcome.reason()).isEqualTo("unexpected_answer");
    assertThat(outcome.suspect()).isTrue();
  }

  @Test
  void aCompressedAnswerIsBoundedAfterItIsUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"ok\":true,\"x\":\"".getBytes(US_ASCII));
      for (int i = 0; i < 64; i++) {
        gzip.write(new byte[1024 * 1024]);
      }
    }

    Outcome outcome =
        call(
            out -> {
              out.write(
                  (OK + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n")
                      .getBytes(US_ASCII));
              packed.writeTo(out);
            });

    assertThat(outcome.response().body()).hasSizeLessThanOrEqualTo(Answer.KEPT_BYTES);
  }

  @Test
  void anAnswerThatTricklesForEverEndsAtTheDeadline() {
    Outcome outcome =
        call(
            out -> {
              out.write((OK + "\r\n{\"ok\":true,").getBytes(US_ASCII));
              RawServer.trickle(out, timer);
            });

    assertTimeout(outcome);
  }

  @Test
  void headersThatTrickleForEverEndAtTheDeadline() {
    Outcome outcome =
        call(
            out -> {
              out.write((OK + "X-Long: ").getBytes(US_ASCII));
              RawServer.trickle(out, timer);
            });

    assertTimeout(outcome);
  }

  @Test
  void noAnswerAtAllEndsAtTheDeadline() {
    assertTimeout(call(out -> new CountDownLatch(1).await()));
  }
}
