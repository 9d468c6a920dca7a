package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.outbox.SharedCalls;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Odoo's module announces, how long that holds, and that nobody waits for it. */
class OdooBatchesTest {

  private static final String INFO =
      "{\"version\":\"19.0.1\",\"actions\":[{\"name\":\"a.b\",\"batchable\":true},"
          + "{\"name\":\"c.d\",\"batchable\":false},{\"name\":\"e.f\"},"
          + "{\"name\":\"bridge.ping\",\"batchable\":true},{\"name\":\"g,h\",\"batchable\":true}],"
          + "\"batch\":{\"max\":12,\"budget_ms\":5000}}";

  private final CamelContext camel = new DefaultCamelContext();
  private final AtomicInteger asked = new AtomicInteger();
  private final MovingClock clock = new MovingClock();
  private volatile String info = INFO;
  private volatile int status = 200;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private OdooBatches batches;

  @BeforeEach
  void start() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:odoo-info").process(OdooBatchesTest.this::answer);
          }
        });
    camel.start();
    batches = batches(20, Duration.ofSeconds(75));
  }

  private void answer(Exchange exchange) throws InterruptedException {
    asked.incrementAndGet();
    held.await(20, TimeUnit.SECONDS);
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setBody(info);
  }

  @AfterEach
  void stop() {
    held.countDown();
    camel.stop();
  }

  @Test
  void untilOdooHasAnsweredEveryActionGoesAloneAndNobodyWaits() {
    held = new CountDownLatch(1);

    assertThat(batches.of("odoo")).isEqualTo(SharedCalls.ALONE);
    assertThat(batches.of("odoo")).isEqualTo(SharedCalls.ALONE);
    held.countDown();

    await().until(() -> batches.of("odoo").most() == 12);
    assertThat(asked).hasValue(1);
  }

  @Test
  void onlyWhatIsAnnouncedAsBatchableIsAndNeverThePing() {
    known();

    assertThat(batches.of("odoo").actions()).containsExactly("a.b");
  }

  @Test
  void theSettingIsTheLimitWhereItIsTheSmallerOne() {
    batches = batches(3, Duration.ofSeconds(75));

    await().until(() -> batches.of("odoo").most() == 3);
  }

  @Test
  void oneInACallAndOtherTargetsAreNotEvenAskedFor() {
    assertThat(batches(1, Duration.ofSeconds(75)).of("odoo")).isEqualTo(SharedCalls.ALONE);
    assertThat(batches.of("subscriber:1")).isEqualTo(SharedCalls.ALONE);
    assertThat(asked).hasValue(0);
  }

  @Test
  void aBudgetThatLeavesNoTimeToAnswerIsNoBatch() {
    batches = batches(20, Duration.ofSeconds(9));
    batches.of("odoo");

    await().until(() -> asked.get() == 1);
    await().during(Duration.ofMillis(200)).until(() -> batches.of("odoo").most() == 1);
  }

  @Test
  void itIsAskedAgainEveryFiveMinutesAndTheNewAnswerHolds() {
    known();
    info = INFO.replace("\"max\":12", "\"max\":4");
    later(Duration.ofMinutes(4));
    assertThat(batches.of("odoo").most()).isEqualTo(12);
    later(Duration.ofMinutes(1));

    await().until(() -> batches.of("odoo").most() == 4);
    assertThat(asked).hasValue(2);
  }

  @Test
  void anOldAnswerHoldsAWhileWhereThereIsNoNewOneAndThenEveryActionGoesAlone() {
    known();
    status = 503;
    later(Duration.ofMinutes(14));
    assertThat(batches.of("odoo").most()).isEqualTo(12);
    await().until(() -> asked.get() == 2);
    later(Duration.ofMinutes(2));

    assertThat(batches.of("odoo")).isEqualTo(SharedCalls.ALONE);
    status = 200;
    await()
        .until(
            () -> {
              later(Duration.ofSeconds(30));
              return batches.of("odoo").most() == 12;
            });
  }

  @Test
  void whereSomethingIsUnknownItIsAskedAgainButNotAllTheTime() {
    known();
    for (int i = 0; i < 100; i++) {
      batches.doubt();
      batches.of("odoo");
    }
    later(Duration.ofSeconds(31));
    batches.of("odoo");

    await().until(() -> asked.get() == 2);
    batches.doubt();
    batches.of("odoo");
    await().during(Duration.ofMillis(200)).until(() -> asked.get() == 2);
  }

  @Test
  void afterABatchThatFailedAsAWholeEveryActionGoesAloneForAWhile() {
    known();
    batches.failed();
    assertThat(batches.of("odoo")).isEqualTo(SharedCalls.ALONE);
    later(Duration.ofSeconds(31));

    assertThat(batches.of("odoo").most()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{}",
        "{\"version\":7}",
        "{\"version\":\"1\"}",
        "{\"version\":\"1\",\"actions\":7,\"batch\":[]}",
        "{\"version\":\"1\",\"actions\":[7,null,{}],\"batch\":{\"max\":\"many\"}}",
        "{\"version\":\"1\",\"actions\":[{\"name\":\"a.b\",\"batchable\":\"yes\"}],\"batch\":{\"max\":9}}",
        "{\"version\":\"1\",\"actions\":[{\"name\":\"a.b\",\"batchable\":true}],\"batch\":{\"max\":-4}}",
        "{\"version\":\"1\",\"actions\":[{\"name\":\"a.b\",\"batchable\":true}]}"
      })
  void whatAnnouncesNothingUsableLeavesEveryActionAlone(String body) {
    info = body;
    batches.of("odoo");

    await().until(() -> asked.get() == 1);
    await().during(Duration.ofMillis(50)).until(() -> batches.of("odoo").equals(SharedCalls.ALONE));
  }

  @Test
  void theSettingIsFrom1To20() {
    for (int wrong : new int[] {0, -1, 21}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> settings(wrong, Duration.ofSeconds(75)))
          .withMessageContaining("bridge.odoo.batch")
          .withMessageContaining(String.valueOf(wrong));
    }
  }

  private void known() {
    await().until(() -> batches.of("odoo").most() == 12);
  }

  private void later(Duration on) {
    clock.move(on);
  }

  private OdooBatches batches(int most, Duration timeout) {
    return new OdooBatches(settings(most, timeout), camel.createProducerTemplate(), clock);
  }

  private static OdooSettings settings(int most, Duration timeout) {
    return new OdooSettings(
        "http://127.0.0.1:1", "t", "", timeout, List.of(Duration.ofSeconds(2)), most, false);
  }
}
