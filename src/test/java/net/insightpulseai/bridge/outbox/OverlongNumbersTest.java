package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are short in the database and endless as text, inserted by plain SQL. */
class OverlongNumbersTest {

  private final EngineFixture fixture = new EngineFixture(TestDatabase.fresh());

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e131000",
        "-1e131000",
        "[{\"deep\":[1, 1e1000]}]",
        "{\"n\": 1e-16000}",
        "{\"n\": -1e-1001}"
      })
  void neitherTableTakesThem(String number) {
    for (String insert :
        new String[] {
          "insert into public.audit_event (source, event_type, payload) values ('odoo', 'a.b', ?::jsonb)",
          "insert into public.audit_event (source, event_type, meta) values ('odoo', 'a.b', ?::jsonb)",
          "insert into public.odoo_action_outbox (action, args) values ('a.b', ?::jsonb)",
          "insert into public.odoo_action_outbox (action, envelope) values ('a.b', ?::jsonb)"
        }) {
      assertThatThrownBy(() -> fixture.jdbc.update(insert, number))
          .as(insert)
          .rootCause()
          .hasMessageContaining("a number takes more than 1,000 digits to write out")
          .hasMessageContaining("Round it, or store it as text.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "0", "0e5000", "-1e-1000", "{\"1e131000\": \"1e131000\"}"})
  void whatIsShortIsTaken(String number) {
    fixture.insert("a.b", number);
    fixture.jdbc.update(
        "insert into public.audit_event (source, event_type, payload) values ('odoo', 'a.b', ?::jsonb)",
        number);
    assertThat(fixture.count("true")).isOne();
  }

  /** As it may be in a database from before, or come while triggers are off. */
  @Test
  void oneThatIsThereBecomesADeadLetterAndHoldsUpNoOther() {
    fixture.jdbc.execute("alter table public.odoo_action_outbox disable trigger complete_action");
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, args, ordering_key, idempotency_key, correlation_id)"
            + " values ('x.y', ('[' || repeat('1e131000,', 20000) || '1]')::jsonb, 'x:1', 'k', gen_random_uuid())");
    fixture.jdbc.execute("alter table public.odoo_action_outbox enable trigger complete_action");
    long healthy = fixture.insert("x.z", "{\"id\": 2}");
    fixture.engine("a", row -> ok());
    fixture.awaitStatus(healthy, "applied");
    // Not by the whole row, which nobody could read.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> fixture.count("id < " + healthy + " and status = 'error'") == 1);
    assertThat(fixture.jdbc.queryForMap("select reason, error from bridge.dead_letter"))
        .containsEntry("reason", "unreadable")
        .extractingByKey("error")
        .asString()
        .contains("a number of more than 1,000 digits");
  }
}
