package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import net.insightpulseai.bridge.subscriber.SubscriberTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A bridge without brokers. */
class NoKafkaTest extends SubscriberTest {

  @Autowired private StreamPublishers publishers;

  @Test
  void aSubscriberIsRefusedAndSaysWhichSettingIsMissing() {
    assertRefused(
        create("{\"name\":\"lake\",\"kind\":\"kafka\"}"),
        400,
        "invalid_kind",
        "bridge.kafka.bootstrap-servers (KAFKA_BOOTSTRAP_SERVERS)");
    assertThat(publishers.isRunning()).isFalse();
  }

  @Test
  void oneFromBeforeIsPausedWithItsEventsWaiting() {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, mode, topic) values ('lake', 'kafka', 'deliveries', 't')");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload) values ('odoo', 'a.b', '{}')");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc()
                            .queryForList(
                                "select reason from bridge.target where state = 'paused'",
                                String.class))
                    .hasSize(1)
                    .allSatisfy(why -> assertThat(why).contains("KAFKA_BOOTSTRAP_SERVERS")));
  }
}
