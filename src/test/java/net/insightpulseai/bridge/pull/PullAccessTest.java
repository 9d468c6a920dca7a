package net.insightpulseai.bridge.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.insightpulseai.bridge.cursor.Bookmark;
import net.insightpulseai.bridge.cursor.Position;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.SubscriberTable;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who may fetch the events of a subscriber, and which. */
class PullAccessTest extends PullRequests {

  @Autowired private SubscriberTable table;
  @Autowired private FindPullSubscriber find;
  @Autowired private CamelContext camel;

  @Test
  void aPositionThatIsMadeUpOpensNothingFromBeforeItBegan() throws Exception {
    store("a.b", 1);
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    store("a.b", 2);
    store("a.b", 3);
    List<String> own = ids(fetch("ci", "", secret));
    assertThat(own).hasSize(2);
    for (long xact : new long[] {0, 1}) {
      String before = new Bookmark(new Position(0, xact, 0), 0).text();
      assertThat(ids(fetch("ci", "?after=" + before, secret))).as("%s", xact).isEqualTo(own);
    }
    move("ci", own.get(1));
    String before = new Bookmark(new Position(0, 1, 0), 1).text();
    assertThat(ids(fetch("ci", "?after=" + before, secret))).containsExactly(own.get(1));
  }

  @Test
  void theGuardsLookUpIsTheOnlyOne() throws Exception {
    subscribe("ci", "\"event_types\":[\"a.*\"]");
    Subscriber known = table.find("ci");
    jdbc().update("delete from bridge.subscriber");
    Exchange exchange = new DefaultExchange(camel);
    known.setOn(exchange);
    find.process(exchange);
    assertThat(Subscriber.of(exchange)).isEqualTo(known);
  }

  @Test
  void onlyItsOwnSecretAndTheServiceKeyOpenIt() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    String other = subscribe("other", "\"event_types\":[\"a.*\"]");
    assertThat(secret).startsWith("pull_");
    assertThat(pull("ci", "", secret).statusCode()).isEqualTo(200);
    assertThat(get(ALL + "/ci/events", "authorization", "Bearer " + secret).statusCode())
        .isEqualTo(200);
    assertThat(pull("ci", "", serviceKey()).statusCode()).isEqualTo(200);
    assertThat(pull("ci", "", other).statusCode()).isEqualTo(401);
    assertThat(pull("none", "", other).statusCode()).isEqualTo(401);
    assertThat(pull("none", "", serviceKey()).statusCode()).isEqualTo(404);
    assertThat(get(ALL + "/ci/events").statusCode()).isEqualTo(401);
    assertThat(get(ALL, "apikey", secret).statusCode()).isEqualTo(401);
    assertThat(
            post(
                    ALL + "/ci/position",
                    "{\"from\":\"now\",\"who\":\"a\",\"why\":\"b\"}",
                    "apikey",
                    secret)
                .statusCode())
        .isEqualTo(401);
    jdbc().update("insert into bridge.subscriber (name, kind) values ('live', 'realtime')");
    assertThat(pull("live", "", serviceKey()).statusCode()).isEqualTo(409);
    String rotated =
        new ObjectMapper()
            .readTree(
                post(ALL + "/ci/rotate-secret", "{\"overlap\":\"PT0S\"}", "apikey", serviceKey())
                    .body())
            .path("secret")
            .asText();
    assertThat(pull("ci", "", rotated).statusCode()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(pull("ci", "", secret).statusCode()).isEqualTo(401));
  }
}
