package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import net.insightpulseai.bridge.RawServer;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.Outcome.Kind;
import org.junit.jupiter.api.Test;

/** An answer that is too long or too slow ends at its bounds. */
class EndlessOdooAnswersTest extends OdooOnSockets {

  /** More than there may be connections to one server. */
  private static final int BROKEN = 70;

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
  void headersWithoutAnEndAreReadOnlyAtTheirBeginning() {
    Outcome outcome =
        call(
            out -> {
              out.write((OK + "X-Endless: ").getBytes(US_ASCII));
              RawServer.flood(out);
            });

    assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
    assertThat(server.written()).isLessThan(20_000_000);
  }

  @Test
  void answersThatCannotBeUnpackedKeepNoConnection() {
    String plain = "{\"ok\":true}";
    AtomicInteger answers = new AtomicInteger();
    Outcome first =
        call(
            out -> {
              boolean broken = answers.getAndIncrement() < BROKEN;
              out.write(
                  (OK
                          + (broken ? "Content-Encoding: gzip\r\n" : "")
                          + "Content-Length: "
                          + plain.length()
                          + "\r\n\r\n"
                          + plain)
                      .getBytes(US_ASCII));
            });
    assertThat(first.kind()).isEqualTo(Kind.RETRY);
    for (int i = 1; i < BROKEN; i++) {
      assertThat(call(server.url()).kind()).isEqualTo(Kind.RETRY);
    }

    assertThat(call(server.url()).kind()).isEqualTo(Kind.DONE);
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
