package net.insightpulseai.bridge.replay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.TestSubscriber.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replays through the whole bridge to a real receiver. */
class ReplayDeliveryTest extends BridgeTest {

  private static final String SAID = "\"dry_run\":false,\"who\":\"ada\",\"why\":\"a test\"";

  private TestSubscriber subscriber;

  @BeforeEach
  void subscribe() {
    subscriber = new TestSubscriber();
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, url, secrets)"
                + " values ('crm', 'webhook', ?, '[{\"ref\": \"env:BRIDGE_SUBSCRIBER_TEST\"}]')",
            subscriber.url());
  }

  @AfterEach
  void hangUp() {
    subscriber.close();
  }

  @Test
  void aReplayedEventHasTheIdItHadAndNamesItsReplay() throws Exception {
    store(1);
    await().atMost(20, SECONDS).until(() -> subscriber.calls().size() == 1);
    replay("{\"events\":[1]," + SAID + "}");
    await().atMost(20, SECONDS).until(() -> subscriber.calls().size() == 2);

    Call first = subscriber.calls().get(0);
    Call second = subscriber.calls().get(1);
    assertThat(first.header("webhook-id")).isEqualTo("evt_1");
    assertThat(second.header("webhook-id")).isEqualTo("evt_1");
    assertThat(first.header("webhook-replay-id")).isNull();
    assertThat(second.header("webhook-replay-id")).isEqualTo("1");
    assertThat(second.text()).isEqualTo(first.text());
    new Webhook(SUBSCRIBER_SECRET).verify(second.text(), second.httpHeaders());
  }

  @Test
  void eachEventIsTakenOncePerReplayThoughEveryFirstCallFails() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    Map<String, Integer> taken = new ConcurrentHashMap<>();
    store(60);
    await().atMost(20, SECONDS).until(() -> open() == 0);
    subscriber.answer(
        call -> {
          String key = call.header("webhook-replay-id") + " " + call.header("webhook-id");
          if (seen.add(key)) {
            return Answer.of(503);
          }
          taken.merge(key, 1, Integer::sum);
          return Answer.of(204);
        });

    replay("{\"record\":\"res.partner:1\",\"rate\":1000," + SAID + "}");
    replay(
        "{\"since\":\"2000-01-01T00:00:00Z\",\"until\":\"2100-01-01T00:00:00Z\",\"rate\":1000,"
            + SAID
            + "}");
    await()
        .atMost(60, SECONDS)
        .until(
            () -> {
              jdbc()
                  .update(
                      "update bridge.event_delivery set next_attempt_at = now() where status = 'queued'");
              return taken.size() == 60 + 6;
            });
    await().atMost(20, SECONDS).until(() -> open() == 0);

    assertThat(taken.values()).containsOnly(1);
    assertThat(taken.keySet().stream().collect(groupingBy(key -> key.split(" ")[0], counting())))
        .isEqualTo(Map.of("1", 6L, "2", 60L));
    assertThat(
            jdbc()
                .queryForList(
                    "select l.line::json ->> 'delivered' from bridge.replay_line l order by id",
                    String.class))
        .isEqualTo(List.of("6", "60"));
  }

  private long open() {
    return jdbc()
        .queryForObject(
            "select count(*) from bridge.event_delivery where status <> 'delivered'", Long.class);
  }

  private void store(int count) {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, payload)"
                + " select 'odoo', 'res.partner.updated', (n % 10)::text, '{\"name\": \"Zoë\"}' from generate_series(1, ?) n",
            count);
  }

  private void replay(String body) {
    assertThat(postSigned("/bridge/replay", body).statusCode()).isEqualTo(202);
  }
}
