package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.TestSubscriber.Call;
import org.junit.jupiter.api.Test;

/** Many events, several subscribers, and some of them in trouble. */
class FanOutUnderTroubleTest extends WebhookTest {

  private static final Duration HANG = Duration.ofSeconds(15);

  @Test
  void aDeadAndAHangingSubscriberDoNotSlowAHealthyOne() throws IOException {
    int events = 400;
    String healthy = subscribe("healthy", subscriber().url());
    Duration alone = deliver(events, healthy, events);

    CountDownLatch hang = new CountDownLatch(1);
    try (TestSubscriber hanging = new TestSubscriber()) {
      hanging.answer(call -> hangOn(hang));
      String dead = subscribe("dead", "http://127.0.0.1:" + portOfNobody());
      String hung = subscribe("hanging", hanging.url());
      Duration beside = deliver(events, healthy, 2 * events);

      System.out.printf(
          "%d events to a healthy subscriber: %d ms alone, %d ms beside a dead and a hanging one%n",
          events, alone.toMillis(), beside.toMillis());
      // Whoever had to wait for the hanging one's answer would wait this long at least.
      assertThat(beside).isLessThan(HANG);
      assertThat(hanging.calls().size()).isBetween(8, 8 * 5);
      for (String target : List.of(dead, hung)) {
        assertThat(counts(target)).doesNotContainKeys("delivered", "error");
        assertThat(sum(counts(target))).isEqualTo(events);
      }
      hang.countDown();
    }
  }

  @Test
  void aThousandEventsToThreeSubscribersWithRandomFailuresAreAllAccountedForInTheirOrder() {
    int events = 1_000;
    long seed = 20261122;
    List<Receiver> receivers = new ArrayList<>();
    try {
      for (String name : List.of("crm", "shop", "warehouse")) {
        receivers.add(new Receiver(seed + name.hashCode()));
        Receiver receiver = receivers.get(receivers.size() - 1);
        receiver.target = subscribe(name, receiver.server.url());
      }
      insert(events, 40);
      await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> allEnded(3L * events));

      Map<String, Long> all = counts("%");
      System.out.printf(
          "%d deliveries of %d events with seed %d: %s, %d calls, %s%n",
          3 * events,
          events,
          seed,
          all,
          receivers.stream().mapToInt(receiver -> receiver.server.calls().size()).sum(),
          reasons());
      assertThat(all).containsOnlyKeys("delivered", "error");
      assertThat(text("select count(*) from bridge.dead_letter"))
          .isEqualTo(String.valueOf(all.get("error")));
      receivers.forEach(this::assertAccountedFor);
    } finally {
      receivers.forEach(receiver -> receiver.server.close());
    }
  }

  /** What succeeded here is what the bridge says is delivered, once each, each lane in order. */
  private void assertAccountedFor(Receiver receiver) {
    List<Long> succeeded;
    Map<String, List<Long>> lanes = new HashMap<>();
    synchronized (receiver) {
      succeeded = List.copyOf(receiver.succeeded);
      receiver.lanes.forEach((lane, ids) -> lanes.put(lane, List.copyOf(ids)));
    }
    assertThat(succeeded)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            jdbc()
                .queryForList(
                    "select event_id from bridge.event_delivery where target = ? and status = 'delivered'",
                    Long.class,
                    receiver.target));
    assertThat(lanes.values()).allSatisfy(ids -> assertThat(ids).isSorted());
    assertThat(lanes).hasSize(40);
  }

  /** Whatever its state, each delivery is somewhere, and waits no longer than this test does. */
  private boolean allEnded(long deliveries) {
    Map<String, Long> now = counts("%");
    assertThat(sum(now)).isEqualTo(deliveries);
    jdbc()
        .update(
            "update bridge.event_delivery set next_attempt_at = now()"
                + " where status = 'queued' and next_attempt_at > now()");
    return now.getOrDefault("delivered", 0L) + now.getOrDefault("error", 0L) == deliveries;
  }

  private Duration deliver(int events, String target, long delivered) {
    long start = System.nanoTime();
    insert(events, 100);
    await()
        .atMost(HANG.multipliedBy(4))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> counts(target).getOrDefault("delivered", 0L) == delivered);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void insert(int events, int records) {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, payload)"
                + " select 'odoo', 'res.partner.updated', (n % ?)::text, '{}' from generate_series(1, ?) n",
            records, events);
  }

  private Map<String, Long> counts(String target) {
    Map<String, Long> counts = new HashMap<>();
    jdbc()
        .query(
            "select status, count(*) from bridge.event_delivery where target like ? group by status",
            rs -> {
              counts.put(rs.getString(1), rs.getLong(2));
            },
            target);
    return counts;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<String, Long> reasons() {
    Map<String, Long> reasons = new HashMap<>();
    jdbc()
        .query(
            "select class, count(*) from bridge.attempt group by class",
            rs -> {
              reasons.put(rs.getString(1), rs.getLong(2));
            });
    return reasons;
  }

  private static Answer hangOn(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answer.of(204);
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Fails at random, but the same attempt of the same event always alike. */
  private static final class Receiver {

    private final TestSubscriber server = new TestSubscriber();
    private final List<Long> succeeded = new ArrayList<>();
    private final Map<String, List<Long>> lanes = new HashMap<>();
    private final long seed;
    private String target;

    Receiver(long seed) {
      this.seed = seed;
      server.answer(this::answer);
    }

    private synchronized Answer answer(Call call) {
      long event = call.json().path("id").asLong();
      Answer answer = drawn(event, call.header("webhook-attempt"));
      if (answer.status() < 300) {
        succeeded.add(event);
        lanes
            .computeIfAbsent(call.json().path("resource_id").asText(), lane -> new ArrayList<>())
            .add(event);
      }
      return answer;
    }

    private Answer drawn(long event, String attempt) {
      Random random = new Random(Stream.of(seed, event, attempt).toList().hashCode());
      int draw = random.nextInt(100);
      if (event % 100 == 7) {
        return Answer.of(500);
      }
      if (draw < 12) {
        return Answer.of(500);
      }
      if (draw < 16) {
        return Answer.of(503);
      }
      if (draw < 20) {
        return Answer.of(302, "Location", "/elsewhere");
      }
      if (draw < 22) {
        return Answer.of(400, "webhook-delivery", "abort-message");
      }
      return draw < 24 ? Answer.of(413) : Answer.of(draw < 60 ? 200 : 204);
    }
  }
}
