package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import net.insightpulseai.bridge.Conversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server may close a kept connection at any moment, and that costs no attempt. */
@Timeout(60)
class KeptConnectionsTest extends WebhookStep {

  @Test
  void aRequestThatGotNoByteBackOnAKeptConnectionIsRepeatedOnceOnANewOne() throws Exception {
    try (Conversation server =
        new Conversation((head, nth, socket) -> nth == 1 && answer(head, socket))) {
      assertThat(judge(call(server.url())).reason()).isEqualTo("ok");

      assertThat(judge(call(server.url())).reason()).isEqualTo("ok");

      assertThat(server.heads()).hasSize(3);
      assertThat(server.heads().get(2)).isEqualTo(server.heads().get(1));
    }
  }

  @Test
  void itIsNotRepeatedAgainAndAgain() throws Exception {
    try (Conversation server =
        new Conversation((head, nth, socket) -> nth == 1 && answer(head, socket))) {
      call(server.url());
      refusing = true;

      assertThat(judge(call(server.url())).reason()).isEqualTo("connection_lost");

      assertThat(server.heads()).hasSize(3);
    }
  }

  @Test
  void halfAnAnswerIsNotRepeated() throws Exception {
    try (Conversation server =
        new Conversation(
            (head, nth, socket) -> {
              if (nth == 1) {
                return answer(head, socket);
              }
              Conversation.write("HTTP/1.1 20", socket);
              return false;
            })) {
      call(server.url());

      assertThat(judge(call(server.url())).reason()).isEqualTo("connection_lost");

      assertThat(server.heads()).hasSize(2);
    }
  }

  private volatile boolean refusing;

  private boolean answer(String head, Socket socket) throws java.io.IOException {
    Conversation.readBody(head, socket);
    if (refusing) {
      return false;
    }
    Conversation.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", socket);
    return true;
  }
}
