package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;

/** What callers see from the moment the port is open until it is closed. */
class ReadinessTest {

  private static final List<String> ADDRESSES =
      List.of(
          "/functions/v1/odoo_event_ingest",
          "/functions/v1/push_to_odoo",
          "/bridge/event",
          "/bridge/apply",
          "/health");
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void noAddressIsUnknownFromTheFirstMomentToTheLast() throws Exception {
    try (TestDatabase database = TestDatabase.fresh();
        BridgeProcess bridge =
            new BridgeProcess(database, Map.of("EDGE_HMAC_SECRET", BridgeTest.SECRET))) {
      List<HttpResponse<String>> starting = new ArrayList<>();
      Instant end = Instant.now().plus(LONGEST_START);
      boolean healthy = false;
      while (!healthy && Instant.now().isBefore(end)) {
        List<HttpResponse<String>> round = ask(bridge);
        starting.addAll(round);
        // In the order of the addresses: what follows a healthy answer is ready, too.
        healthy = round.size() == ADDRESSES.size() && round.get(4).statusCode() == 200;
      }
      assertThat(healthy).isTrue();
      assertUnavailableOrServed(starting);
      assertThat(starting).anyMatch(answer -> answer.statusCode() == 503);
      assertThat(ask(bridge)).extracting(HttpResponse::statusCode).doesNotContain(503);

      bridge.terminate();
      List<HttpResponse<String>> stopping = new ArrayList<>();
      while (bridge.isAlive() && Instant.now().isBefore(end)) {
        stopping.addAll(ask(bridge));
      }
      assertThat(bridge.isAlive()).isFalse();
      assertUnavailableOrServed(stopping);
    }
  }

  private static void assertUnavailableOrServed(List<HttpResponse<String>> answers) {
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.statusCode()).isIn(200, 401, 503);
              if (answer.statusCode() == 503) {
                assertThat(answer.headers().firstValue("retry-after")).isPresent();
              }
            });
  }

  /** The answers of all addresses; those without an answer are left out. */
  private List<HttpResponse<String>> ask(BridgeProcess bridge) throws InterruptedException {
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (String address : ADDRESSES) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(bridge.url(address))).timeout(Duration.ofSeconds(10));
      if (!address.equals("/health")) {
        request.POST(BodyPublishers.ofString("{}"));
      }
      try {
        answers.add(client.send(request.build(), BodyHandlers.ofString()));
      } catch (IOException e) {
        // The port is not open yet, or not any more. Asked without a pause, it would open later.
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    return answers;
  }
}
