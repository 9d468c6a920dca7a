package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.TestClock;
import net.insightpulseai.bridge.outbox.BatchPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Odoo's module announces, and how long that holds. */
class OdooBatchesTest {

  private static final String INFO =
      "{\"version\":\"19.0.1\",\"db_uuid\":\"u\",\"actions\":[{\"name\":\"a.b\",\"batchable\":true},"
          + "{\"name\":\"c.d\",\"batchable\":false},{\"name\":\"e.f\"},"
          + "{\"name\":\"bridge.ping\",\"batchable\":true},{\"name\":\"g,h\",\"batchable\":true}],"
          + "\"batch\":{\"max\":12,\"budget_ms\":5000}}";

  private final TestClock clock = TestClock.standing();
  private OdooBatches batches = batches(20, Duration.ofSeconds(75));

  @Test
  void untilOdooHasAnsweredEveryActionGoesAlone() {
    assertThat(batches.of("odoo")).isEqualTo(BatchPolicy.ONE_BY_ONE);
  }

  @Test
  void onlyWhatIsAnnouncedAsBatchableIsAndNeverThePing() throws Exception {
    learn(INFO);

    assertThat(batches.of("odoo").maxRows()).isEqualTo(12);
    assertThat(batches.of("odoo").actions()).containsExactly("a.b");
    assertThat(batches.of("subscriber:1")).isEqualTo(BatchPolicy.ONE_BY_ONE);
  }

  @Test
  void theSettingIsTheLimitWhereItIsTheSmallerOne() throws Exception {
    batches = batches(3, Duration.ofSeconds(75));
    learn(INFO);
    assertThat(batches.of("odoo").maxRows()).isEqualTo(3);

    batches = batches(1, Duration.ofSeconds(75));
    learn(INFO);
    assertThat(batches.of("odoo")).isEqualTo(BatchPolicy.ONE_BY_ONE);
  }

  @Test
  void aBudgetThatLeavesNoTimeToAnswerIsNoBatch() throws Exception {
    batches = batches(20, Duration.ofSeconds(9));
    learn(INFO);

    assertThat(batches.of("odoo")).isEqualTo(BatchPolicy.ONE_BY_ONE);
  }

  @Test
  void aNewAnswerHoldsAtOnce() throws Exception {
    learn(INFO);
    learn(INFO.replace("\"max\":12", "\"max\":4"));

    assertThat(batches.of("odoo").maxRows()).isEqualTo(4);
  }

  @Test
  void anOldAnswerHoldsAWhileWhereThereIsNoNewOneAndThenEveryActionGoesAlone() throws Exception {
    learn(INFO);
    clock.pass(Duration.ofMinutes(14));
    assertThat(batches.of("odoo").maxRows()).isEqualTo(12);
    clock.pass(Duration.ofMinutes(2));
    assertThat(batches.of("odoo")).isEqualTo(BatchPolicy.ONE_BY_ONE);

    learn(INFO);
    assertThat(batches.of("odoo").maxRows()).isEqualTo(12);
  }

  @Test
  void afterABatchThatFailedAsAWholeEveryActionGoesAloneForAWhile() throws Exception {
    learn(INFO);
    batches.failed();
    learn(INFO);
    assertThat(batches.of("odoo")).isEqualTo(BatchPolicy.ONE_BY_ONE);
    clock.pass(Duration.ofSeconds(31));

    assertThat(batches.of("odoo").maxRows()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"db_uuid\":\"u\"}",
        "{\"db_uuid\":\"u\",\"version\":7}",
        "{\"db_uuid\":\"u\",\"actions\":7,\"batch\":[]}",
        "{\"db_uuid\":\"u\",\"actions\":[7,null,{}],\"batch\":{\"max\":\"many\"}}",
        "{\"db_uuid\":\"u\",\"actions\":[{\"name\":\"a.b\",\"batchable\":\"yes\"}],\"batch\":{\"max\":9}}",
        "{\"db_uuid\":\"u\",\"actions\":[{\"name\":\"a.b\",\"batchable\":true}],\"batch\":{\"max\":-4}}",
        "{\"db_uuid\":\"u\",\"actions\":[{\"name\":\"a.b\",\"batchable\":true}]}"
      })
  void whatAnnouncesNothingUsableLeavesEveryActionAlone(String body) throws Exception {
    learn(body);

    assertThat(batches.of("odoo")).isEqualTo(BatchPolicy.ONE_BY_ONE);
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

  private void learn(String body) throws Exception {
    batches.learn(OdooInfo.of(new ObjectMapper().readTree(body)));
  }

  private OdooBatches batches(int most, Duration timeout) {
    return new OdooBatches(settings(most, timeout), clock);
  }

  private static OdooSettings settings(int most, Duration timeout) {
    return new OdooSettings(
        "http://127.0.0.1:1", "t", "", timeout, List.of(Duration.ofSeconds(2)), most, false);
  }
}
