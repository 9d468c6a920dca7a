package net.insightpulseai.bridge.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An existing table of events becomes one of partitions while events come in. */
class PartitionMoveTest {

  private static final RetentionSettings SETTINGS =
      new RetentionSettings(
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofDays(400),
          Duration.ofMinutes(10),
          1_000_000,
          "");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private TestDatabase database;
  private JdbcTemplate jdbc;

  @BeforeEach
  void open() {
    database = TestDatabase.withoutPartitions();
    jdbc = database.jdbc();
    jdbc.update(
        "insert into bridge.subscriber (name, kind, url) values ('crm', 'webhook', 'https://a.example')");
    jdbc.update(
        "insert into public.audit_event (source, event_type, resource_id)"
            + " select 'odoo', 'res.partner.updated', i::text from generate_series(1, 5000) i");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void itIsKilledAfterEachStepAndNoInsertFails() throws Exception {
    List<String> before = Surroundings.of(jdbc);
    try (Writers writers = new Writers(database.dataSource(), 3)) {
      for (MoveStep step : MoveStep.values()) {
        if (step != MoveStep.DONE) {
          assertThatThrownBy(() -> move(new Killing()).run())
              .as(step + " " + printed)
              .isInstanceOf(Killed.class);
        }
      }
      move(out()).run();
      writers.writeAtLeast(200);
      writers.end();
      assertThat(writers.failures()).isEmpty();
      assertThat(jdbc.queryForObject("select count(*) from public.audit_event", Long.class))
          .isEqualTo(5000 + writers.written());
    }

    assertThat(printed.toString(UTF_8)).contains("public.audit_event has 5 partitions");
    assertThat(Surroundings.of(jdbc)).isEqualTo(before);
    assertThat(
            jdbc.queryForObject(
                "select count(*) from public.audit_event e where not exists"
                    + " (select from bridge.event_delivery d where d.event_id = e.id)",
                Long.class))
        .as("events without a delivery")
        .isZero();
    assertThat(jdbc.queryForObject("select bridge.event_partitions_left()", Integer.class))
        .isEqualTo(4);
  }

  @Test
  void whatOthersHaveHungOnItIsStillThere() throws Exception {
    jdbc.execute("create publication changes for table public.audit_event");
    jdbc.execute("create role auditor_" + ProcessHandle.current().pid());
    String auditor = "auditor_" + ProcessHandle.current().pid();
    try {
      jdbc.execute("grant select (id, event_type) on public.audit_event to " + auditor);
      jdbc.execute("grant insert on public.audit_event to " + auditor + " with grant option");
      jdbc.execute(
          "create policy auditors on public.audit_event as restrictive for select to "
              + auditor
              + " using (event_type <> 'a''b')");
      jdbc.execute("create view public.partners as select * from public.audit_event where id > 2");
      jdbc.execute(
          "create function public.latest() returns setof public.audit_event language sql as"
              + " 'select * from public.audit_event order by id desc limit 1'");
      jdbc.execute("revoke execute on function public.latest() from public");
      jdbc.execute("grant execute on function public.latest() to " + auditor);
      jdbc.execute("comment on function public.latest() is 'the newest'");
      jdbc.execute(
          "create function public.quiet() returns trigger language plpgsql as 'begin return new; end'");
      jdbc.execute(
          "create trigger quiet before insert on public.audit_event for each row execute function public.quiet()");
      jdbc.execute("alter table public.audit_event disable trigger quiet");
      List<String> before = Surroundings.of(jdbc);

      move(out()).run();

      assertThat(Surroundings.of(jdbc)).isEqualTo(before);
      assertThat(
              jdbc.queryForObject(
                  "select pubviaroot from pg_publication where pubname = 'changes'", Boolean.class))
          .isTrue();
      assertThat(jdbc.queryForObject("select id from public.latest()", Long.class)).isEqualTo(5001);
      assertThat(jdbc.queryForObject("select count(*) from public.partners", Long.class))
          .isEqualTo(4999);
    } finally {
      jdbc.execute("drop owned by " + auditor);
      jdbc.execute("drop role " + auditor);
    }
  }

  @Test
  void aDryRunSaysWhatIsLeftAndChangesNothing() throws Exception {
    List<String> before = Surroundings.of(jdbc);
    move(out()).plan();
    assertThat(printed.toString(UTF_8))
        .contains("one table")
        .contains("would add a constraint: its ids stay below 4,000,000")
        .contains("would make it the first partition, up to id 4,000,000");
    assertThat(Surroundings.of(jdbc)).isEqualTo(before);

    move(out()).run();
    printed.reset();
    move(out()).plan();
    assertThat(printed.toString(UTF_8)).contains("nothing is left to do");
  }

  @Test
  void whatAPartitionedTableCannotHaveIsNamedAndNothingIsChanged() {
    jdbc.execute("create table public.notes (event bigint references public.audit_event)");
    jdbc.execute("create unique index once on public.audit_event (resource_id)");
    assertThatThrownBy(() -> move(out()).run())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("a foreign key refers to it: notes_event_fkey of public.notes")
        .hasMessageContaining("does not hold the id: public.once");
    assertThat(jdbc.queryForObject("select bridge.event_storage()", String.class))
        .isEqualTo("table");
  }

  @Test
  void whoHoldsALockForTooLongIsNamedAndOthersGoOn() throws Exception {
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement();
        Writers writers = new Writers(database.dataSource(), 1)) {
      other.setAutoCommit(false);
      statement.execute("select count(*) from public.audit_event");
      assertThatThrownBy(
              () ->
                  new PartitionMove(
                          connections(),
                          SETTINGS,
                          out(),
                          Duration.ofMillis(700),
                          Duration.ofMillis(100))
                      .run())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("on audit_event");
      other.rollback();
      writers.writeAtLeast(20);
      writers.end();
      assertThat(writers.failures()).isEmpty();
    }
    move(out()).run();
  }

  @Test
  void aPromiseThatNobodyKeepsIsGivenUpBeforeAnInsertFails() throws SQLException {
    assertThatThrownBy(() -> move(new Killing()).run()).isInstanceOf(Killed.class);
    assertThat(bound()).isEqualTo(4_000_000);
    jdbc.queryForList("select bridge.make_event_partitions(1000000, 4)");
    assertThat(bound()).isEqualTo(4_000_000);

    jdbc.queryForList("select setval('public.audit_event_id_seq', 3000001)");
    jdbc.queryForList("select bridge.make_event_partitions(1000000, 4)");
    assertThat(bound()).isNull();

    move(out()).run();
    assertThat(printed.toString(UTF_8)).contains("up to id 7,000,000");
  }

  private Long bound() {
    return jdbc.queryForObject("select bridge.event_bound()", Long.class);
  }

  private PartitionMove move(PrintStream out) {
    return new PartitionMove(
        connections(), SETTINGS, out, Duration.ofMinutes(1), Duration.ofMillis(50));
  }

  /** No pool: the command leaves its limits on the connection. */
  private DataSource connections() {
    return new DriverManagerDataSource(
        database.jdbcUrl(), database.username(), database.password());
  }

  private PrintStream out() {
    return new PrintStream(printed, true, UTF_8);
  }

  /** The end of the process. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Ends the process when the first step is done. */
  private final class Killing extends PrintStream {

    Killing() {
      super(printed, true, UTF_8);
    }

    @Override
    public PrintStream printf(Locale locale, String format, Object... values) {
      if (format.startsWith("done")) {
        throw new Killed();
      }
      return super.printf(locale, format, values);
    }
  }
}
