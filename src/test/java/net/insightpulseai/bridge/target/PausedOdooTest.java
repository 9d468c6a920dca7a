package net.insightpulseai.bridge.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.TestOdoo.Call;
import net.insightpulseai.bridge.outbox.OutboxControl;
import net.insightpulseai.bridge.subscriber.SubscriberTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One pause for all that goes to Odoo: actions, and the deliveries of the subscriber Odoo. */
class PausedOdooTest extends SubscriberTest {

  @Autowired OutboxControl control;

  @BeforeEach
  void subscribe() {
    jdbc().update("insert into bridge.subscriber (name, kind) values ('erp', 'odoo')");
    jdbc().update("insert into bridge.subscriber (name, kind) values ('live', 'realtime')");
    odoo().answer(PausedOdooTest::asTheModule);
  }

  private static Answer asTheModule(Call call) {
    return call.path().endsWith("/event_push")
        ? Answer.json(202, "{\"ok\":true,\"code\":\"ok\",\"duplicate\":false}")
        : TestOdoo.applied(call);
  }

  @Test
  void aPauseHoldsActionsAndDeliveriesUntilItEnds() {
    control.pause("odoo", "ann", "Odoo is updated");

    sendFive();
    awaitDelivered("subscriber:2", 5);
    assertThat(toOdoo()).isEmpty();
    assertThat(text("select count(*) from public.odoo_action_outbox where status = 'queued'"))
        .isEqualTo("1");

    control.resume("odoo", "ann", "it is done");
    awaitDelivered("subscriber:1", 5);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(odoo().calls("res.partner.update")).hasSize(1));
  }

  @Test
  void whatIsInFlightWhenThePauseComesIsFinishedAndNothingElseIsSent() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<Void> paused = new CompletableFuture<>();
    odoo()
        .answer(
            call -> {
              asked.countDown();
              paused.join();
              return asTheModule(call);
            });
    json(200, postSigned("/bridge/event", "{\"event_type\":\"app.order.paid\"}"));
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

    control.pause("odoo", "ann", "Odoo is updated");
    paused.complete(null);

    awaitDelivered("subscriber:1", 1);
    json(200, postSigned("/bridge/event", "{\"event_type\":\"app.order.paid\"}"));
    awaitDelivered("subscriber:2", 2);
    assertThat(toOdoo()).hasSize(1);
  }

  private void sendFive() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args) values ('res.partner.update', '{\"id\": 42}')");
    for (int n = 1; n <= 5; n++) {
      json(200, postSigned("/bridge/event", "{\"event_type\":\"app.order.paid\"}"));
    }
  }

  private void awaitDelivered(String target, int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        text(
                            "select count(*) from bridge.event_delivery where target = ? and status = 'delivered'",
                            target))
                    .isEqualTo(String.valueOf(count)));
  }

  private List<Call> toOdoo() {
    return odoo().calls().stream()
        .filter(call -> call.path().endsWith("/event_push") || call.path().endsWith("/action"))
        .toList();
  }
}
