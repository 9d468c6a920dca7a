package net.insightpulseai.bridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor as a whole, run against the running bridge. */
class DoctorCommandTest extends CommandFixture {

  @Test
  void theDoctorFindsNothingWrongWithAGoodInstallation() {
    assertThat(run("doctor")).as(out()).isZero();

    assertThat(out())
        .contains("ok    the routes in routes can run")
        .contains("ok    Odoo accepts our signature")
        .contains("ok    all rights on the tables are granted")
        .contains("ok    row level security is on")
        .contains("ok    the clock of the database agrees with ours")
        .doesNotContain("fail  ")
        .doesNotContain(SECRET, SERVICE_KEY, TestOdoo.TOKEN, database().password());
  }

  @Test
  void theDoctorNamesTheRemedyOfEachFault() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, target, next_attempt_at) values ('x', 'nobody', 'infinity')");
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts) values ('odoo-actions', 1, 'nobody', '', 'rejected', 1)");
    jdbc()
        .update(
            "update bridge.target set state = 'paused', changed_by = 'ada', reason = 'by a test'");

    int code =
        run(
            "doctor",
            "--bridge.signature.outbound-secret=another-secret-0123456789",
            "--bridge.supabase.url=http://127.0.0.1:1",
            "--bridge.signature.inbound-secrets=");

    assertThat(code).isOne();
    assertThat(out())
        .contains("fail  bridge.signature.secret (EDGE_HMAC_SECRET): found nothing")
        .contains("fail  Odoo refuses our signature (401)")
        .contains("ip.hmac.secret")
        .contains("fail  Supabase at SUPABASE_URL does not answer")
        .contains("warn  1 actions held")
        .contains("warn  1 dead letters")
        .contains("warn  not running: odoo (by a test, by ada)");
  }

  @Test
  void aSettingThatIsWrongStopsOnlyWhatNeedsIt() {
    get("/bridge/pairing", "apikey", SERVICE_KEY);
    assertThat(run("doctor", "--bridge.odoo.api-token=")).isOne();
    assertThat(errors()).isEmpty();
    assertThat(out())
        .containsOnlyOnce("bridge.odoo.api-token (ODOO_API_TOKEN) is empty")
        .contains("ok    signing secrets: 1")
        .contains("ok    all rights on the tables are granted")
        .contains("ok    this database is the one that was paired")
        .contains("warn  SUPABASE_URL is empty")
        .doesNotContain("Odoo accepts");

    int code =
        run(
            "doctor",
            "--bridge.odoo.api-token=",
            "--bridge.signature.tolerance=0s",
            "--bridge.database.pool-size=many",
            "--bridge.supabase.verify-jwt=perhaps");
    assertThat(code).isOne();
    assertThat(errors()).isEmpty();
    assertThat(out().lines().filter(line -> line.startsWith("fail")))
        .hasSize(4)
        .anyMatch(line -> line.contains("ODOO_API_TOKEN"))
        .anyMatch(line -> line.contains("bridge.signature.tolerance"))
        .anyMatch(line -> line.contains("bridge.database.pool-size"))
        .anyMatch(line -> line.contains("bridge.supabase.verify-jwt"));
  }

  @Test
  void theRemedyNamesTheSettingThatIsWrong() {
    assertThat(run("doctor", "--bridge.database.ssl-root-cert=/no/such.crt")).isOne();
    assertThat(out())
        .contains(
            "fail  database: bridge.database.ssl-root-cert (SUPABASE_DB_SSL_ROOT_CERT): found"
                + " /no/such.crt, which cannot be read",
            "→  correct bridge.database.ssl-root-cert (SUPABASE_DB_SSL_ROOT_CERT)")
        .doesNotContain("set SUPABASE_DB_URL");

    String url = database().url() + (database().url().contains("?") ? "&" : "?");
    assertThat(run("doctor", "--bridge.database.url=" + url + "sslrootcert=/no/other.crt")).isOne();
    assertThat(out())
        .contains("sslrootcert in bridge.database.url (SUPABASE_DB_URL): found /no/other.crt");
  }

  @Test
  void whatTheStartRefusesTheDoctorFinds() {
    assertThat(run("doctor", "--bridge.odoo.api-token=tok")).isOne();
    assertThat(out())
        .contains(
            "fail  bridge.odoo.api-token (ODOO_API_TOKEN): found 3 characters, expected at least 16;"
                + " copy it from Odoo");
  }

  @Test
  void aRefusedConnectionToOdooIsCalledThat() {
    assertThat(run("doctor", "--bridge.odoo.base-url=http://127.0.0.1:1")).isOne();
    assertThat(out())
        .containsPattern("fail  Odoo at http://127.0.0.1:1 does not answer .*Connection refused")
        .doesNotContain("ClosedChannel");
  }

  @Test
  void theDoctorSeesKeysThatNothingReadsAndRoutesThatCannotRun(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("x.camel.yaml"), "- route:\n    from: direct:x\n");

    int code =
        run(
            "doctor",
            "--bridge.outbox.slotz=5",
            "--bridge.odoo.response-timeout=75",
            "--camel.main.routes-include-pattern=file:" + folder + "/**/*.camel.yaml");

    assertThat(code).isOne();
    assertThat(out())
        .contains(
            "fail  bridge.outbox.slotz: unknown setting; did you mean bridge.outbox.slots? (on the command line)",
            "fail  bridge.odoo.response-timeout: found '75' without a unit",
            "fail  " + folder + "/x.camel.yaml:2: \"from\" is the text \"direct:x\"");
  }

  @Test
  void aDiskWithoutAUnitIsRefused() {
    assertThat(run("doctor", "--disk", "8")).isOne();
    assertThat(errors()).contains("--disk: found '8' without a unit, expected a size such as 8GB");
  }

  @Test
  void theDoctorNamesActionsThatOdooDoesNotKnow() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, next_attempt_at) values ('no.such', 'infinity')");

    assertThat(run("doctor")).as(out()).isZero();

    assertThat(out()).contains("warn  Odoo does not know these actions").contains("no.such");
  }

  @Test
  void theDoctorSeesAWrongKeyAndAMissingModule() {
    assertThat(run("doctor", "--bridge.odoo.api-token=wrong")).isOne();
    assertThat(out()).contains("fail  Odoo refuses our key (401)").contains("ip.odoo.api_key");

    odoo().answerInfo(call -> Answer.page(404));
    odoo().answer(call -> Answer.page(404));
    assertThat(run("doctor")).isOne();
    assertThat(out()).contains("install the module ip_event_bus");
  }

  @Test
  void theDoctorComparesThePair() {
    get("/bridge/pairing", "apikey", SERVICE_KEY);
    assertThat(run("doctor")).as(out()).isZero();
    assertThat(out())
        .contains("ok    this database is the one that was paired")
        .contains("ok    paired with the Odoo database " + TestOdoo.DB_UUID);

    odoo().answerInfo(call -> TestOdoo.introduced("another", true));
    assertThat(run("doctor")).isOne();
    assertThat(out())
        .containsPattern(
            "fail  Odoo at .* is the database another, but .* is paired  →  .*POST /bridge/pairing");
  }

  @Test
  void theDoctorSeesWhatTheDatabaseLacks() {
    try (TestDatabase empty = TestDatabase.empty()) {
      assertThat(run("doctor", "--bridge.database.url=" + empty.url())).isOne();
      assertThat(out())
          .contains("fail  the schema bridge does not exist")
          .contains("make bridge-sql");
    }
    assertThat(run("doctor", "--bridge.database.url=postgresql://u:p@127.0.0.1:1/x")).isOne();
    assertThat(out()).contains("fail  The database u@127.0.0.1:1/x cannot be used");
  }

  @Test
  void theDoctorSeesAnOutboxThatStrangersMayRead() {
    try (TestDatabase open = TestDatabase.fresh()) {
      open.jdbc().execute("grant select on public.odoo_action_outbox to anon");
      open.jdbc().execute("alter table public.audit_event disable row level security");

      assertThat(run("doctor", "--bridge.database.url=" + open.url())).isOne();
      assertThat(out())
          .contains("anon may select public.odoo_action_outbox")
          .contains("row level security is off on public.audit_event");
    }
  }

  @Test
  void theDoctorTellsWhenTheDiskIsFull() {
    jdbc()
        .execute(
            "insert into public.audit_event (source, event_type, payload)"
                + " select 'odoo', 'x.y', jsonb_build_object('n', n) from generate_series(1, 3000) n");
    jdbc().execute("analyze public.audit_event");

    run("doctor", "--disk", "1GB");

    assertThat(out())
        .containsPattern("\\d+ bytes per event, 3000 events .* 1 GB will be full in \\d+ days");
  }
}
