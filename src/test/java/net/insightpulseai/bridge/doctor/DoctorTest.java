package net.insightpulseai.bridge.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.signature.OutboundSignature;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Single checks against a real database and an Odoo on loopback; no bridge runs beside them. */
class DoctorTest {

  private static final String TWO_ACTIONS =
      "{\"version\":\"1.0\",\"actions\":[{\"name\":\"bridge.ping\",\"batchable\":false},"
          + "{\"name\":\"res.partner.update\",\"batchable\":true}]}";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Findings findings = new Findings(new PrintStream(out, true, UTF_8));
  private TestDatabase database;
  private TestOdoo odoo;

  @BeforeEach
  void create() {
    database = TestDatabase.fresh();
    odoo = new TestOdoo();
  }

  @AfterEach
  void remove() {
    odoo.close();
    database.close();
  }

  @Test
  void actionsThatOdooDoesNotAnnounceAreNamedOnce() throws Exception {
    odooAnnounces(TWO_ACTIONS);
    queue("res.partner.update", "odoo");
    queue("sale.order.cancle", "odoo");
    queue("sale.order.cancle", "odoo");
    queue("for.somebody.else", "another");
    died("stock.move.done", null);
    died("dealt.with", "discarded");

    lookIntoOdoo(Duration.ZERO);

    assertThat(said())
        .contains(
            "warn  Odoo does not know these actions in odoo_action_outbox:"
                + " sale.order.cancle, stock.move.done  →  check the name;",
            "registry")
        .contains("ok    Odoo takes our signature");
    assertThat(findings.failed()).isFalse();
  }

  @Test
  void actionsThatOdooAnnouncesAreWell() throws Exception {
    odooAnnounces(TWO_ACTIONS);
    queue("res.partner.update", "odoo");

    lookIntoOdoo(Duration.ZERO);

    assertThat(said())
        .contains("ok    Odoo knows every action in odoo_action_outbox")
        .doesNotContain("warn");
  }

  @Test
  void aModuleThatAnnouncesNothingIsNotJudged() throws Exception {
    odooAnnounces("{\"version\":\"0.9\"}");
    queue("sale.order.cancle", "odoo");

    lookIntoOdoo(Duration.ZERO);

    assertThat(said()).contains("ip_event_bus 0.9").doesNotContain("odoo_action_outbox");
  }

  @Test
  void aSimulatedOdooIsNotTakenForARealOne() throws Exception {
    OdooSettings simulated =
        new OdooSettings("", TestOdoo.TOKEN, "", Duration.ofSeconds(10), List.of(), 20, true);

    new OdooCheck(simulated, signature(), Clock.systemUTC()).run(findings, List.of());

    assertThat(said()).startsWith("warn  Odoo is simulated").contains("BRIDGE_SIMULATED_ODOO");
    assertThat(odoo.calls()).isEmpty();
    assertThat(odoo.asked()).isZero();
  }

  @Test
  void anOdooWhoseClockIsMinutesOffIsAFault() throws Exception {
    lookIntoOdoo(Duration.ofMinutes(5));

    assertThat(said()).containsPattern("fail  clock of Odoo: -(299|300|301) s off ours .*NTP");
    assertThat(findings.failed()).isTrue();
  }

  @Test
  void aDatabaseWhoseClockIsMinutesOffIsAFault() {
    lookIntoDatabase("", Duration.ofMinutes(-5));

    assertThat(said()).containsPattern("fail  clock of the database: \\+(299|300|301) s off ours");
    assertThat(findings.failed()).isTrue();
  }

  @Test
  void secondsOffAreAWarning() {
    lookIntoDatabase("", Duration.ofSeconds(30));

    assertThat(said()).containsPattern("warn  clock of the database: -(29|30|31) s off ours .*NTP");
    assertThat(findings.failed()).isFalse();
  }

  @Test
  void aTransactionPoolerIsAWarningThatNamesTheBetterPort() {
    lookIntoDatabase("?pgbouncer=true", Duration.ZERO);

    assertThat(said())
        .contains("warn  a transaction pooler is in between: no LISTEN, the queues are polled")
        .contains("port 5432");
    assertThat(findings.failed()).isFalse();
  }

  @Test
  void onlyActionsDueForMoreThanAQuarterOfAnHourAreOverdue() {
    queue("res.partner.update", "odoo");
    database
        .jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, next_attempt_at) values"
                + " ('a.b', now() - interval '14 minutes'), ('c.d', now() - interval '16 minutes')");

    new RowsCheck().run(findings, database.jdbc(), DataSize.ofBytes(0));

    assertThat(said())
        .contains("warn  1 actions due for more than 15 minutes  →  is a bridge running");
  }

  private void queue(String action, String target) {
    database
        .jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, target) values (?, ?)", action, target);
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

  private void odooAnnounces(String info) {
    odoo.info(Answer.json(200, info));
  }

  /** With a clock of ours that is off by so much. */
  private void lookIntoOdoo(Duration off) throws InterruptedException {
    OdooSettings settings =
        new OdooSettings(
            odoo.url(), TestOdoo.TOKEN, "", Duration.ofSeconds(10), List.of(), 20, false);
    new OdooCheck(settings, signature(), Clock.offset(Clock.systemUTC(), off))
        .run(findings, KnownActions.wanted(database.jdbc()));
  }

  private static OutboundSignature signature() {
    return new OutboundSignature(
        new SignatureSettings(BridgeTest.SECRET, List.of(), "", Duration.ofMinutes(5)));
  }

  private void lookIntoDatabase(String parameters, Duration off) {
    DatabaseSettings settings =
        new DatabaseSettings(
            database.url() + parameters, "", 2, Migrate.OFF, AuthenticatedRead.NONE);
    new DatabaseCheck(Clock.offset(Clock.systemUTC(), off))
        .run(findings, DatabaseAddress.of(settings), database.jdbc());
  }

  private String said() {
    return out.toString(UTF_8);
  }
}
