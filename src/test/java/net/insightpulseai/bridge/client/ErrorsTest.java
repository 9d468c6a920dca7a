package net.insightpulseai.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command prints and returns when it cannot do what it is asked. */
class ErrorsTest extends ClientFixture {

  @Test
  void noBridgeIsThere() {
    assertThat(run("events", "--BRIDGE_URL=http://127.0.0.1:1")).isOne();

    assertThat(errors())
        .isEqualTo(
            "events: no bridge answers at http://127.0.0.1:1 (connection refused); start one with make bridge-up, or set BRIDGE_URL\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void theKeyIsWrongOrMissing() {
    assertThat(run("actions", "--bridge.supabase.service-role-key=another")).isOne();
    assertThat(errors()).contains("refuses the key (401)", "SUPABASE_SERVICE_ROLE_KEY");

    assertThat(run("actions", "--bridge.supabase.service-role-key=")).isOne();
    assertThat(errors()).contains("SUPABASE_SERVICE_ROLE_KEY) is empty");
  }

  @Test
  void whatCannotBeSentIsNotShown() {
    assertThat(run("events", "--BRIDGE_URL=127.0.0.1:8787")).isOne();
    assertThat(errors()).contains("expected one such as http://127.0.0.1:8787");

    assertThat(run("events", "--bridge.supabase.service-role-key=geheim\u0007nis")).isOne();
    assertThat(errors()).contains("the key").doesNotContain("geheim");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tpye a.b | unknown option --tpye (did you mean \"--type\"?)",
        "--status x | unknown option --status",
        "--limit | --limit needs a value: --limit ROWS",
        "--limit 0 | --limit is 0; expected a number",
        "--limit 1 --limit 2 | --limit is given twice",
        "--json=yes | --json takes no value",
        "--since yesterday | --since is yesterday; expected 2h",
        "--source elsewhere | Parameter source must be one of bridge, odoo, supabase",
        "a.b | unexpected a.b; options begin with --"
      })
  void wrongArgumentsAreTwo(String arguments, String expected) {
    assertThat(run("events", arguments.split(" "))).isEqualTo(2);

    assertThat(errors()).startsWith("events: ").contains(expected, "See events --help.");
    assertThat(out()).isEmpty();
  }

  @Test
  void somethingElseAnswersAtThatAddress() {
    try (TestSubscriber other = new TestSubscriber()) {
      other.answer(call -> Answer.text(200, "<html>"));
      assertThat(run("subscribers", "--BRIDGE_URL=" + other.url())).isOne();
    }
    assertThat(errors()).contains("is it a bridge?");
  }

  @Test
  void helpListsTheOptionsAndCallsNothing() {
    assertThat(run("dead-letters", "--help", "--BRIDGE_URL=http://127.0.0.1:1")).isZero();

    assertThat(out())
        .startsWith("Usage: java -jar odoo-supabase-bridge.jar dead-letters [options]")
        .contains("--fault SIDE", "--limit ROWS", "--json", "BRIDGE_URL");
  }
}
