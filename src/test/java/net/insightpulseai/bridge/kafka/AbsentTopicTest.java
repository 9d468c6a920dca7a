package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.TestClock;
import net.insightpulseai.bridge.TestKafka;
import net.insightpulseai.bridge.outbox.CircuitBreakers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Where each model has a topic of its own, and one of the topics is not there. */
class AbsentTopicTest extends SharedKafkaFixture {

  private final TestKafka kafka = TestKafka.shared();

  @Autowired private CircuitBreakers circuits;

  @Test
  void ofDeliveriesOnlyWhatGoesThereWaitsAndIsTriedAgain() {
    String name = TestKafka.newName();
    kafka.create(name + ".here", 1);
    long id = subscribe(name + ".{model}", "");
    String target = "subscriber:" + id;
    event("gone.made", "1", "{}");
    event("gone.changed", "1", "{}");
    for (int n = 0; n < 5; n++) {
      event("here.made", "1", "{}");
    }

    assertInOrder(kafka.read(name + ".here", 5));
    awaitText("not_found", "select distinct class from bridge.attempt where target = ?", target);
    assertThat(
            text(
                "select last_error from bridge.event_delivery where attempts > 0 and status = 'queued'"))
        .contains("there is no topic " + name + ".gone", "create it");
    assertThat(jdbc().queryForList("select from bridge.target_stop where target = ?", target))
        .isEmpty();
    assertThat(circuits.openCircuits()).doesNotContainKey(target);

    kafka.create(name + ".gone", 1);
    List<ConsumerRecord<String, String>> later = kafka.read(name + ".gone", 2);

    assertThat(later)
        .extracting(one -> TestKafka.header(one, "event_type"))
        .containsExactly("gone.made", "gone.changed");
  }

  @Test
  void aStreamStopsThereInOrderAndAnIncidentNamesTheTopic() {
    String name = TestKafka.newName();
    kafka.create(name + ".here", 1);
    long id = subscribe(name + ".{model}", ",\"mode\":\"stream\"");
    event("here.made", "1", "{}");
    event("gone.made", "1", "{}");
    event("here.changed", "1", "{}");

    awaitText("paused", "select state from bridge.target where name = ?", "subscriber:" + id);
    awaitText(
        "target_paused", "select kind from bridge.incident where subject = ?", "subscriber:" + id);
    assertThat(text("select found from bridge.incident where subject = ?", "subscriber:" + id))
        .contains(name + ".gone", "create the topic", "resume the subscriber");
    assertThat(kafka.read(name + ".here", 1)).hasSize(1);

    kafka.create(name + ".gone", 1);
    assertThat(act("lake", "resume", BY_ADA).statusCode()).isEqualTo(200);

    assertThat(kafka.read(name + ".gone", 1)).hasSize(1);
    List<ConsumerRecord<String, String>> here =
        kafka.read(name + ".here", all -> distinct(all) == 2);
    assertThat(here.get(here.size() - 1))
        .extracting(one -> TestKafka.header(one, "event_type"))
        .isEqualTo("here.changed");
  }

  @Test
  void thatThereIsNoTopicIsKnownForSecondsAndOfNotTooManyTopics() {
    TestClock clock = TestClock.standing();
    AbsentTopics absent = new AbsentTopics(clock);
    absent.note("a");
    assertThat(absent.contains("a")).isTrue();
    assertThat(absent.contains("b")).isFalse();
    clock.pass(Duration.ofSeconds(11));
    assertThat(absent.contains("a")).isFalse();

    IntStream.range(0, 2_000).forEach(n -> absent.note("t" + n));
    assertThat(absent.contains("t999")).isTrue();
    assertThat(absent.contains("t1999")).isFalse();
    clock.pass(Duration.ofSeconds(11));
    absent.note("t1999");
    assertThat(absent.contains("t1999")).isTrue();
  }
}
