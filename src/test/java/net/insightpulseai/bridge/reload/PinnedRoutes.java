package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** Edits that are recorded as versions, and the way back to one of them. */
abstract class PinnedRoutes extends LiveRoutesTest {

  static final String VERSIONS = "/bridge/route-versions";
  static final String WHO = "{\"who\":\"ann\",\"why\":\"orders were lost\"}";
  static final Duration SOON = Duration.ofSeconds(30);

  @Autowired RoutesControl control;

  @BeforeEach
  void nothingIsPinned() {
    await().atMost(SOON).until(() -> count("bridge.route_pin") == 0);
  }

  @AfterEach
  void nothingStaysPinned() {
    jdbc().update("delete from bridge.route_pin");
    await().atMost(SOON).until(() -> control.getPinned().isEmpty());
  }

  /** Saves a word, and waits until it runs and is recorded. */
  long edited(String word) {
    write("custom/hello", hello(word));
    reload().reload("the test");
    return recorded();
  }

  long recorded() {
    await()
        .atMost(SOON)
        .ignoreExceptions() // while none is recorded
        .until(
            () ->
                text("select hash from bridge.route_version order by id desc limit 1")
                    .equals(reload().running().snapshot().hash()));
    return Long.parseLong(text("select max(id) from bridge.route_version"));
  }

  HttpResponse<String> rollBack(long version) {
    HttpResponse<String> answer =
        post(VERSIONS + "/" + version + "/rollback", WHO, "apikey", serviceKey());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  int count(String table) {
    return Integer.parseInt(text("select count(*) from " + table));
  }
}
