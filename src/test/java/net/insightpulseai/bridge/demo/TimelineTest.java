package net.insightpulseai.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tour says about a row that was answered, waits, or failed without an answer. */
class TimelineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delivery | delivered | 204  | to crm, which answered 204",
        "delivery | queued    | null | to crm, which has not answered yet",
        "delivery | sent      | null | to crm, which has not answered yet",
        "delivery | error     | null | to crm, which gave no answer",
        "action   | applied   | 200  | a.b {}, Odoo answered 200",
        "action   | queued    | null | a.b {}, Odoo has not answered yet",
        "action   | error     | null | a.b {}, Odoo gave no answer"
      })
  void saysWhatIsKnownOfTheAnswer(String what, String status, String answer, String said)
      throws JsonProcessingException {
    String trace =
        """
        {"story": [{"at": "2026-01-31T12:00:00Z", "what": "%s", "status": "%s",
          "row": {"subscriber": "crm", "action": "a.b", "args": {}, "response_status": %s}}]}
        """
            .formatted(what, status, answer);
    assertThat(Timeline.of(new ObjectMapper().readTree(trace))).endsWith(" " + said);
  }
}
