package net.insightpulseai.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.pairing.PairingRecord;
import net.insightpulseai.bridge.pairing.PairingTable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the doctor reports about the paired database and the paired Odoo. */
class PairingCheckTest extends DoctorFixture {

  @Test
  void aCopyOfTheDatabaseIsAFaultThatNamesTheRemedy() {
    pair("that of the original", null);

    assertThat(checkedPair()).isNull();

    assertThat(printed())
        .contains(
            "fail  this database is a copy of the one that was paired", "POST /bridge/pairing");
    assertThat(report.failed()).isTrue();
  }

  @Test
  void nothingIsPairedByLooking() {
    assertThat(checkedPair()).isNull();

    assertThat(printed()).contains("ok    nothing is paired yet: the bridge pairs when it starts");
    assertThat(database.jdbc().queryForObject("select count(*) from bridge.pairing", Long.class))
        .isZero();
  }

  @Test
  void aModuleThatCannotBePairedIsAWarning() throws Exception {
    odoo.answerInfo(call -> Answer.page(404));
    pair(fingerprint(), null);

    pairingCheck().checkOdoo(report, checkedPair(), checkOdoo(Duration.ZERO), odoo.url());

    assertThat(printed())
        .contains(
            "works unpaired, and a copy of it would go unnoticed  →  update Odoo's module ip_event_bus")
        .contains("ok    Odoo accepts our signature");
    assertThat(report.failed()).isFalse();
  }

  @Test
  void anOdooThatIsNotThePairedOneIsAFault() throws Exception {
    pair(fingerprint(), "another");

    pairingCheck().checkOdoo(report, checkedPair(), checkOdoo(Duration.ZERO), odoo.url());

    assertThat(printed())
        .contains("fail  Odoo at " + odoo.url(), TestOdoo.DB_UUID, "ODOO_BASE_URL");
  }

  @Test
  void theFirstOdooIsAnnouncedAndNotPaired() throws Exception {
    pair(fingerprint(), null);

    pairingCheck().checkOdoo(report, checkedPair(), checkOdoo(Duration.ZERO), odoo.url());

    assertThat(printed()).contains("ok    no Odoo is paired yet: the bridge pairs with this one");
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
        .checkDatabase(
            report,
            address(),
            new JdbcTemplate(new DriverManagerDataSource(database.jdbcUrl(), credentials)));

    assertThat(printed()).contains("warn  pg_control_system() is denied", "grant execute");
  }

  private PairingRecord checkedPair() {
    return pairingCheck().checkDatabase(report, address(), database.jdbc());
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
}
