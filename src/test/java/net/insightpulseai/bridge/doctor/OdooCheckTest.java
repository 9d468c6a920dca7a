package net.insightpulseai.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.odoo.OdooSettings;
import org.junit.jupiter.api.Test;

/** What the doctor reports about an Odoo and the actions that wait for it. */
class OdooCheckTest extends DoctorFixture {

  private static final String TWO_ACTIONS =
      "{\"version\":\"1.0\",\"db_uuid\":\"u\",\"actions\":[{\"name\":\"bridge.ping\",\"batchable\":false},"
          + "{\"name\":\"res.partner.update\",\"batchable\":true}]}";

  @Test
  void actionsThatOdooDoesNotAnnounceAreNamedOnce() throws Exception {
    odooAnnounces(TWO_ACTIONS);
    queue("res.partner.update", "odoo");
    queue("sale.order.cancle", "odoo");
    queue("sale.order.cancle", "odoo");
    queue("for.somebody.else", "another");
    died("stock.move.done", null);
    died("dealt.with", "discarded");

    checkOdoo(Duration.ZERO);

    assertThat(printed())
        .contains(
            "warn  Odoo does not know these actions in odoo_action_outbox:"
                + " sale.order.cancle, stock.move.done  →  check the names;",
            "registry")
        .contains("ok    Odoo accepts our signature");
    assertThat(report.failed()).isFalse();
  }

  @Test
  void actionsThatOdooAnnouncesAreWell() throws Exception {
    odooAnnounces(TWO_ACTIONS);
    queue("res.partner.update", "odoo");

    checkOdoo(Duration.ZERO);

    assertThat(printed())
        .contains("ok    Odoo knows every action in odoo_action_outbox")
        .doesNotContain("warn");
  }

  @Test
  void aModuleThatAnnouncesNothingIsNotJudged() throws Exception {
    odooAnnounces("{\"version\":\"0.9\",\"db_uuid\":\"u\"}");
    queue("sale.order.cancle", "odoo");

    checkOdoo(Duration.ZERO);

    assertThat(printed()).contains("ip_event_bus 0.9").doesNotContain("odoo_action_outbox");
  }

  @Test
  void anAnswerThatNamesNoDatabaseIsAFault() throws Exception {
    odooAnnounces("{\"version\":\"0.9\"}");

    assertThat(checkOdoo(Duration.ZERO)).isNull();

    assertThat(printed())
        .contains("fail  Odoo does not identify its database", "update the module");
  }

  @Test
  void aSimulatedOdooIsNotTakenForARealOne() throws Exception {
    OdooSettings simulated =
        new OdooSettings(
            "",
            TestOdoo.TOKEN,
            "",
            Duration.ofSeconds(10),
            List.of(Duration.ofSeconds(2)),
            20,
            true);

    new OdooCheck(simulated, signature(), Clock.systemUTC()).run(report, List.of());

    assertThat(printed()).startsWith("warn  Odoo is simulated").contains("BRIDGE_SIMULATED_ODOO");
    assertThat(odoo.calls()).isEmpty();
    assertThat(odoo.infos()).isEmpty();
  }

  @Test
  void anOdooWhoseClockIsMinutesOffIsAFault() throws Exception {
    checkOdoo(Duration.ofMinutes(5));

    assertThat(printed())
        .containsPattern("fail  the clock of Odoo differs from ours by -(299|300|301) s .*NTP");
    assertThat(report.failed()).isTrue();
  }

  private void died(String action, String resolution) {
    database
        .jdbc()
        .update(
            "with died as (insert into public.odoo_action_outbox (action, status) values (?, 'error')"
                + " returning id) insert into bridge.dead_letter (queue, row_id, target, ordering_key,"
                + " reason, attempts, resolution) select 'odoo-actions', id, 'odoo', '', 'rejected', 1, ?"
                + " from died",
            action,
            resolution);
  }
}
