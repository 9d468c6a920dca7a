package net.insightpulseai.bridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.Migrations;
import org.junit.jupiter.api.Test;

/** The jar's commands as they are called, against the running bridge. */
class CommandTest extends BridgeTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Test
  void anUnknownCommandNamesTheKnownOnes() {
    assertThat(run("docter")).isEqualTo(2);

    assertThat(errors()).contains("docter", "doctor", "ingest-test", "push-test", "sql-print");
  }

  @Test
  void ingestTestStoresOneEvent() {
    assertThat(run("ingest-test")).isZero();

    assertThat(out()).startsWith("200 {\"ok\":true");
    assertThat(jdbc().queryForList("select event_type from public.audit_event", String.class))
        .containsExactly("bridge.test");
  }

  @Test
  void ingestTestSaysWhenTheSecretIsNotTheBridges() {
    assertThat(run("ingest-test", "--bridge.signature.inbound-secrets=another-secret")).isOne();

    assertThat(out()).isEqualToIgnoringNewLines("401 Invalid signature");
  }

  @Test
  void pushTestGoesToOdooAndBack() {
    assertThat(run("push-test")).isZero();

    assertThat(out()).startsWith("200 ");
    assertThat(odoo().calls("bridge.ping")).hasSize(1);
  }

  @Test
  void aCommandWithoutABridgeSaysHowToStartOne() {
    assertThat(run("push-test", "--BRIDGE_URL=http://127.0.0.1:1")).isOne();

    assertThat(errors()).contains("no bridge answers", "make bridge-up");
  }

  @Test
  void migrateBringsAnEmptyDatabaseUpToDate() {
    try (TestDatabase empty = TestDatabase.empty()) {
      assertThat(run("migrate", "--bridge.database.url=" + empty.url())).isZero();
      assertThat(out()).contains("migrations applied");

      assertThat(run("migrate", "--bridge.database.url=" + empty.url())).isZero();
      assertThat(out()).contains("the schema is up to date");
    }
  }

  @Test
  void thePrintedSchemaIsTheOneThatMigrationsMake() {
    assertThat(run("sql-print")).isZero();
    String schema = out();

    try (TestDatabase empty = TestDatabase.empty()) {
      empty.jdbc().execute(schema);

      Migrations migrations = new Migrations(empty.dataSource(), AuthenticatedRead.NONE);
      assertThat(migrations.migrate()).as("what Flyway finds left to do").isZero();
    }
  }

  @Test
  void whatIsOptionalIsPrintedByNameAlone() {
    assertThat(run("sql-print")).isZero();
    assertThat(out()).doesNotContain("realtime.messages");

    assertThat(run("sql-print", "realtime-policy")).isZero();
    assertThat(out()).contains("create policy odoo_bridge_companies").doesNotContain("audit_event");
    assertThat(run("sql-print", "realtime-policy-simple")).isZero();
    assertThat(out()).contains("create policy odoo_bridge_everyone");

    assertThat(run("sql-print", "everything")).isEqualTo(2);
    assertThat(out()).contains("realtime-policy and realtime-policy-simple");
  }

  @Test
  void theDoctorFindsNothingWrongWithAGoodInstallation() {
    assertThat(run("doctor")).as(out()).isZero();

    assertThat(out())
        .contains("ok    Odoo takes our signature")
        .contains("ok    rights on all tables")
        .contains("ok    row level security is on")
        .contains("ok    clock of the database agrees with ours")
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
    jdbc().update("update bridge.target set state = 'paused', reason = 'by a test'");

    int code =
        run(
            "doctor",
            "--bridge.signature.outbound-secret=another-secret-0123456789",
            "--bridge.supabase.url=http://127.0.0.1:1",
            "--bridge.signature.inbound-secrets=");

    assertThat(code).isOne();
    assertThat(out())
        .contains("fail  EDGE_HMAC_SECRET is empty")
        .contains("fail  Odoo refuses our signature (401)")
        .contains("ip.hmac.secret")
        .contains("fail  Supabase at SUPABASE_URL does not answer")
        .contains("warn  1 actions held")
        .contains("warn  1 dead letters")
        .contains("warn  not running: odoo (by a test)");
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
      assertThat(out()).contains("fail  schema bridge is not there").contains("make bridge-sql");
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
        .containsPattern("\\d+ bytes per event, 3000 events .* 1 GB are full in \\d+ days");
  }

  /** Runs a command with this bridge's settings; those given later win over them. */
  private int run(String command, String... options) {
    out.reset();
    errors.reset();
    List<String> arguments = new ArrayList<>(List.of(command));
    for (String setting :
        new String[] {
          "--BRIDGE_URL=" + url(""),
          // Commands are silent, but other tests of this JVM still want their log.
          "--logging.level.root=info",
          "--bridge.database.url=" + database().url(),
          "--bridge.odoo.base-url=" + odoo().url(),
          "--bridge.odoo.api-token=" + TestOdoo.TOKEN,
          "--bridge.signature.inbound-secrets=" + SECRET,
          "--bridge.signature.outbound-secret=" + SECRET,
          "--bridge.supabase.service-role-key=" + SERVICE_KEY
        }) {
      String key = setting.substring(0, setting.indexOf('=') + 1);
      if (Arrays.stream(options).noneMatch(option -> option.startsWith(key))) {
        arguments.add(setting);
      }
    }
    arguments.addAll(List.of(options));
    return CommandLine.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(errors, true, UTF_8),
        arguments.toArray(String[]::new));
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String errors() {
    return errors.toString(UTF_8);
  }
}
