package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.TestOdoo.Call;
import net.insightpulseai.bridge.odoo.OdooInfoResult.Known;
import net.insightpulseai.bridge.odoo.OdooInfoResult.NotOffered;
import net.insightpulseai.bridge.odoo.OdooInfoResult.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The shipped route that asks Odoo which one it is. */
class OdooInfoClientTest extends BridgeTest {

  private static final String INFO =
      """
      {"version":"19.0.2.0.0","db_uuid":"3f1c6a52-6c8e-4d0e-9b43-0123456789ab","paired":true,
       "actions":[{"name":"bridge.ping","batchable":false},{"name":"res.partner.update","batchable":true}],
       "batch":{"max":20,"budget_ms":5000}}
      """;

  @Autowired OdooInfoClient odoo;

  @Test
  void whatTheModuleSaysIsReadAndTheKeyAloneIsSent() {
    odoo().answerInfo(call -> Answer.json(200, INFO));

    assertThat(odoo.fetch())
        .isEqualTo(
            new Known(
                new OdooInfo(
                    "19.0.2.0.0",
                    "3f1c6a52-6c8e-4d0e-9b43-0123456789ab",
                    true,
                    List.of(
                        new OdooInfo.Action("bridge.ping", false),
                        new OdooInfo.Action("res.partner.update", true)),
                    20,
                    Duration.ofSeconds(5))));
    Call call = odoo().infos().get(odoo().infos().size() - 1);
    assertThat(call.method()).isEqualTo("GET");
    assertThat(call.header("x-api-key")).isEqualTo(TestOdoo.TOKEN);
    assertThat(call.header("x-signature")).isNull();
  }

  @Test
  void anOdooThatSaysLessTakesOneActionACallAndCountsAsPaired() {
    odoo().answerInfo(call -> Answer.json(200, "{\"db_uuid\":\"u\"}"));

    assertThat(odoo.fetch())
        .isEqualTo(new Known(new OdooInfo("?", "u", true, List.of(), 1, Duration.ZERO)));
  }

  @Test
  void aPageWithoutTheAddressIsAModuleThatIsOlderThanTheQuestion() {
    odoo().answerInfo(call -> Answer.page(404));

    assertThat(odoo.fetch()).isEqualTo(new NotOffered());
  }

  @ParameterizedTest
  @CsvSource({
    "200, unexpected_answer, db_uuid",
    "302, redirected, base-url",
    "401, unauthorized, ODOO_API_TOKEN",
    "403, unauthorized, ODOO_API_TOKEN",
    "500, unavailable, 500",
    "502, unavailable, 502"
  })
  void anyOtherAnswerIsAFaultThatSaysWhatToDo(int status, String reason, String remedy) {
    odoo().answerInfo(call -> Answer.page(status));

    assertThat(odoo.fetch())
        .isInstanceOfSatisfying(
            Unavailable.class,
            failed -> {
              assertThat(failed.fault().reason()).isEqualTo(reason);
              assertThat(failed.fault().error()).contains(remedy).doesNotContain("<h1>");
            });
  }

  @Test
  void aRefusalInTheModulesWordsIsNoOldModule() {
    odoo().answerInfo(call -> Answer.error(404, "not_found"));

    assertThat(odoo.fetch()).isInstanceOf(Unavailable.class);
  }
}
