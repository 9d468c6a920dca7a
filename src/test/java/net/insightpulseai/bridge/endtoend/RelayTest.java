package net.insightpulseai.bridge.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the end-to-end tests believe when the other side seems to be away. */
class RelayTest {

  private final TestSubscriber other = new TestSubscriber();
  private final Relay relay = new Relay(InetAddress.getLoopbackAddress(), 0);

  @BeforeEach
  void join() {
    other.answer(call -> Answer.text(200, "heard " + call.text()));
    relay.target(URI.create(other.url()));
  }

  @AfterEach
  void close() {
    relay.close();
    other.close();
  }

  @Test
  void requestAndAnswerArriveAsTheyWereSent() throws Exception {
    assertThat(post("Zoë")).isEqualTo("heard Zoë");
    assertThat(other.calls().get(0).target()).isEqualTo("/there?a=b");
    assertThat(other.calls().get(0).header("x-signature")).isEqualTo("dummy");
    assertThat(other.calls().get(0).header("host")).isEqualTo("127.0.0.1:" + other.port());
    assertThat(relay.requests("/there")).extracting(RelayedRequest::text).containsExactly("Zoë");
  }

  @Test
  void cutItRefusesConnectionsUntilItIsRestored() throws Exception {
    relay.cut();
    assertThatThrownBy(() -> post("a")).isInstanceOf(ConnectException.class);
    relay.restore();
    assertThat(post("b")).isEqualTo("heard b");
    assertThat(other.calls()).hasSize(1);
  }

  @Test
  void aBlackHoleTakesTheRequestAndTheOtherSideNeverHearsOfIt() throws Exception {
    relay.blackHole();
    assertThatThrownBy(() -> post("a")).isInstanceOf(HttpTimeoutException.class);
    assertThat(relay.requests()).hasSize(1);
    relay.restore();
    assertThat(post("b")).isEqualTo("heard b");
    assertThat(other.calls()).hasSize(1);
  }

  @Test
  void anAnswerThatDoesNotArriveHadItsEffect() throws Exception {
    relay.answers(request -> !request.text().equals("a"));
    assertThatThrownBy(() -> post("a"))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
    assertThat(other.calls()).extracting(TestSubscriber.Call::text).contains("a");
    assertThat(post("b")).isEqualTo("heard b");
  }

  private String post(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + "/there?a=b"))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(1))
            .header("x-signature", "dummy")
            .POST(BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
