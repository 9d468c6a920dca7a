package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import net.insightpulseai.bridge.Conversation;
import net.insightpulseai.bridge.RawServer;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.Outcome.Kind;
import org.junit.jupiter.api.Test;

/** A connection that fails, and an answer that is none, are judged and never believed. */
class OdooRouteOnSocketsTest extends OdooOnSockets {

  @Test
  void aConnectionThatClosesWithoutAnAnswerIsASuspectRetry() {
    Outcome outcome = call(out -> {});

    assertThat(outcome.reason()).isEqualTo("connection_lost");
    assertThat(outcome.suspect()).isTrue();
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void anAnswerThatBreaksOffIsNotBelieved() {
    Outcome outcome =
        call(out -> out.write((OK + "Content-Length: 50\r\n\r\n{\"ok\":true}").getBytes(US_ASCII)));

    assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
    assertThat(outcome.reason()).isEqualTo("connection_lost");
  }

  @Test
  void whatIsNotHttpIsASuspectRetry() {
    Outcome outcome = call(out -> out.write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(US_ASCII)));

    assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
    assertThat(outcome.suspect()).isTrue();
  }

  @Test
  void aRedirectIsNotFollowed() {
    Outcome outcome =
        call(
            out ->
                out.write(
                    "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(US_ASCII)));

    assertThat(outcome.reason()).isEqualTo("redirected");
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void nothingListeningIsUnreachable() throws IOException {
    server = new RawServer(out -> {});
    server.close();

    Outcome outcome = call(server.url());

    assertThat(outcome.reason()).isEqualTo("unreachable");
    assertThat(outcome.suspect()).isTrue();
  }

  @Test
  void aServerWithoutTlsBehindHttpsIsATlsFailure() {
    server = new RawServer(out -> out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)));

    Outcome outcome = call(server.url().replace("http:", "https:"));

    assertThat(outcome.reason()).isEqualTo("tls");
    assertThat(outcome.suspect()).isTrue();
  }

  @Test
  void aLengthThatIsSentTwiceAndIsTheSameIsOneLength() {
    Outcome outcome =
        call(
            out ->
                out.write(
                    (OK + "Content-Length: 11\r\nContent-Length: 11\r\n\r\n{\"ok\":true}")
                        .getBytes(US_ASCII)));

    assertThat(outcome.kind()).isEqualTo(Kind.DONE);
  }

  @Test
  void twoLengthsAreNotBelieved() {
    Outcome outcome =
        call(
            out ->
                out.write(
                    (OK + "Content-Length: 11\r\nContent-Length: 12\r\n\r\n{\"ok\":true} ")
                        .getBytes(US_ASCII)));

    assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
  }

  @Test
  void aKeptConnectionThatIsClosedJustThenCostsNoAttempt() throws Exception {
    try (Conversation odoo =
        new Conversation(
            (head, nth, socket) -> {
              if (nth > 1) {
                return false;
              }
              Conversation.readBody(head, socket);
              Conversation.write(OK + "Content-Length: 11\r\n\r\n{\"ok\":true}", socket);
              return true;
            })) {
      assertThat(call(odoo.url()).kind()).isEqualTo(Kind.DONE);
      assertThat(call(odoo.url()).kind()).isEqualTo(Kind.DONE);

      assertThat(odoo.heads()).hasSize(3);
    }
  }
}
