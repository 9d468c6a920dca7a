package net.insightpulseai.bridge.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.pairing.PairingRecord;
import net.insightpulseai.bridge.pairing.PairingTable;
import net.insightpulseai.bridge.signature.OutboundSignature;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;

/** Single checks against a real database and an Odoo on loopback; no bridge runs beside them. */
class DoctorTest {

  private static final String TWO_ACTIONS =
      "{\"version\":\"1.0\",\"db_uuid\":\"u\",\"actions\":[{\"name\":\"bridge.ping\",\"batchable\":false},"
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
    odooAnnounces("{\"version\":\"0.9\",\"db_uuid\":\"u\"}");
    queue("sale.order.cancle", "odoo");

    lookIntoOdoo(Duration.ZERO);

    assertThat(said()).contains("ip_event_bus 0.9").doesNotContain("odoo_action_outbox");
  }

  @Test
  void aCopyOfTheDatabaseIsAFaultThatNamesTheRemedy() {
    pair("that of the original", null);

    assertThat(lookAtThePair()).isNull();

    assertThat(said())
        .contains(
            "fail  this database is a copy of the one that was paired", "POST /bridge/pairing");
    assertThat(findings.failed()).isTrue();
  }

  @Test
  void nothingIsPairedByLooking() {
    assertThat(lookAtThePair()).isNull();

    assertThat(said()).contains("ok    nothing is paired yet: the bridge pairs when it starts");
    assertThat(database.jdbc().queryForObject("select count(*) from bridge.pairing", Long.class))
        .isZero();
  }

  @Test
  void aModuleThatCannotBePairedIsAWarning() throws Exception {
    odoo.answerInfo(call -> Answer.page(404));
    pair(fingerprint(), null);

    pairingCheck().run(findings, lookAtThePair(), lookIntoOdoo(Duration.ZERO));

    assertThat(said())
        .contains("works unpaired, and a copy of it would go unnoticed  →  update its module ip_event_bus")
        .contains("ok    Odoo takes our signature");
    assertThat(findings.failed()).isFalse();
  }

  @Test
  void anOdooThatIsNotThePairedOneIsAFault() throws Exception {
    pair(fingerprint(), "another");

    pairingCheck().run(findings, lookAtThePair(), lookIntoOdoo(Duration.ZERO));

    assertThat(said()).contains("fail  Odoo at " + odoo.url(), TestOdoo.DB_UUID, "ODOO_BASE_URL");
  }

  @Test
  void anAnswerThatNamesNoDatabaseIsAFault() throws Exception {
    odooAnnounces("{\"version\":\"0.9\"}");

    assertThat(lookIntoOdoo(Duration.ZERO)).isNull();

    assertThat(said())
        .contains("fail  Odoo does not say which database it is", "update the module");
  }

  @Test
  void theFirstOdooIsAnnouncedAndNotPaired() throws Exception {
    pair(fingerprint(), null);

    pairingCheck().run(findings, lookAtThePair(), lookIntoOdoo(Duration.ZERO));

    assertThat(said()).contains("ok    no Odoo is paired yet: the bridge pairs with this one");
  }

  @Test
  void aDeniedServerIdentifierIsAWarning() {
    String role = "poor_" + System.nanoTime();
    database.jdbc().execute("create role " + role + " login password 'poor' in role service_role");
    database.jdbc().execute("revoke execute on function pg_control_system() from public");
    Properties credentials = new Properties();
    credentials.setProperty("user", role);
    credentials.setProperty("password", "poor");

    pairingCheck()
        .lookIntoTheDatabase(
            findings,
            address(),
            new JdbcTemplate(new DriverManagerDataSource(database.jdbcUrl(), credentials)));

    assertThat(said()).contains("warn  pg_control_system() is denied", "grant execute");
  }

  private PairingRecord lookAtThePair() {
    return pairingCheck().lookIntoTheDatabase(findings, address(), database.jdbc());
  }

  private PairingCheck pairingCheck() {
    return new PairingCheck(odooSettings());
  }

  private String fingerprint() {
    return new PairingTable(database.jdbc(), address()).fingerprint().best();
  }

  private void pair(String fingerprint, String dbUuid) {
    database
        .jdbc()
        .update(
            "insert into bridge.pairing (fingerprint, odoo_db_uuid, odoo_base_url, paired_by, paired_why)"
                + " values (?, ?, ?, 'a', 'test')",
            fingerprint,
            dbUuid,
            dbUuid == null ? null : odoo.url());
  }

  private DatabaseAddress address() {
    return DatabaseAddress.of(
        new DatabaseSettings(database.url(), "", 2, Migrate.OFF, AuthenticatedRead.NONE));
  }

  private OdooSettings odooSettings() {
    return new OdooSettings(
        odoo.url(), TestOdoo.TOKEN, "", Duration.ofSeconds(10), List.of(), 20, false);
  }

  @Test
  void aSimulatedOdooIsNotTakenForARealOne() throws Exception {
    OdooSettings simulated =
        new OdooSettings("", TestOdoo.TOKEN, "", Duration.ofSeconds(10), List.of(), 20, true);

    new OdooCheck(simulated, signature(), Clock.systemUTC()).run(findings, List.of());

    assertThat(said()).startsWith("warn  Odoo is simulated").contains("BRIDGE_SIMULATED_ODOO");
    assertThat(odoo.calls()).isEmpty();
    assertThat(odoo.infos()).isEmpty();
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
    odoo.answerInfo(call -> Answer.json(200, info));
  }

  /** With a clock of ours that is off by so much. */
  private OdooInfoResult lookIntoOdoo(Duration off) throws InterruptedException {
    return new OdooCheck(odooSettings(), signature(), Clock.offset(Clock.systemUTC(), off))
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
