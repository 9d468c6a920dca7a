package net.insightpulseai.bridge.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.partition.PartitionMove;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The bridge is installed where the original was, with rows in its tables. */
class OriginalSchemaTest {

  private TestDatabase database;
  private SupabaseOwner owner;
  private JdbcTemplate jdbc;

  @BeforeEach
  void migrateTheOriginal() throws Exception {
    database = TestDatabase.empty();
    owner = SupabaseOwner.of(database);
    jdbc = owner.jdbc();
    jdbc.execute(new ClassPathResource("original-schema.sql").getContentAsString(UTF_8));
    migrate();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void rowsAreKept() {
    assertThat(
            jdbc.queryForList(
                "select event_type from public.audit_event order by id", String.class))
        .containsExactly("res.partner.updated", "sale.order.created");
    assertThat(
            jdbc.queryForList(
                "select args ->> 'id' from public.odoo_action_outbox order by id", String.class))
        .containsExactly("1234", "42", "7", "8");
  }

  /** The original's tables had been granted to the service role with all rights. */
  @Test
  void theServiceRoleOnlyAppendsToTheAuditAndItsOwnerStillDeletes() {
    assertThat(new Rights(database).of("service_role", "public.audit_event"))
        .containsExactly("SELECT");
    // Every column but the transaction, by which readers go on.
    assertThat(
            jdbc.queryForList(
                """
                select attname from pg_attribute
                 where attrelid = 'public.audit_event'::regclass and attnum > 0 and not attisdropped
                   and not has_column_privilege('service_role', attrelid, attnum, 'insert')
                """,
                String.class))
        .containsExactly("xact");
    assertThat(jdbc.update("delete from public.audit_event")).isEqualTo(2);
  }

  @Test
  void whatWasQueuedIsHeldUntilAnOperatorReleasesIt() {
    assertThat(
            jdbc.queryForList(
                "select status from public.odoo_action_outbox where next_attempt_at = 'infinity' and last_error like 'held:%' order by id",
                String.class))
        .containsExactly("queued", "queued");
    assertThat(
            jdbc.queryForList(
                "select status || coalesce(' ' || last_error, '') from public.odoo_action_outbox where next_attempt_at < 'infinity' order by id",
                String.class))
        .containsExactly("applied", "error it broke");
  }

  @Test
  void everyOldActionHasWhatTheQueueNeeds() {
    assertThat(
            jdbc.queryForObject(
                "select count(*) from public.odoo_action_outbox where ordering_key is null or idempotency_key is null or correlation_id is null",
                Long.class))
        .isZero();
    assertThat(
            jdbc.queryForList(
                "select ordering_key from public.odoo_action_outbox order by id", String.class))
        .containsExactly("account.move:1234", "res.partner:42", "account.move:7", "account.move:8");
  }

  @Test
  void insertsOfTheOriginalsWritersKeepWorking() {
    jdbc.update(
        "insert into public.audit_event (source, event_type, resource_id, payload) values ('odoo', 'res.partner.updated', '42', '{}')");
    jdbc.update(
        "insert into public.odoo_action_outbox (action, args) values ('account.move.post', '{\"id\": 99}')");
    Map<String, Object> row =
        jdbc.queryForMap(
            "select status, ordering_key, next_attempt_at <= now() as due from public.odoo_action_outbox where args ->> 'id' = '99'");
    assertThat(row)
        .containsEntry("status", "queued")
        .containsEntry("ordering_key", "account.move:99")
        .containsEntry("due", true);
  }

  @Test
  void policiesThatAskedForEveryRowAreReplaced() {
    assertThat(policies())
        .containsExactly(
            "audit_event audit_event_read {authenticated}",
            "audit_event bridge_service {service_role}",
            "odoo_action_outbox bridge_service {service_role}");
    assertThat(
            jdbc.queryForObject(
                "select count(*) from pg_policies where qual like '%auth.role%' or with_check like '%auth.role%'",
                Long.class))
        .isZero();
  }

  @Test
  void itsOwnerDividesTheTableWithItsPoliciesAndRights() throws Exception {
    List<String> before = policies();
    new PartitionMove(
            owner.dataSource(),
            new RetentionSettings(
                Duration.ofDays(7),
                Duration.ofDays(30),
                Duration.ofDays(400),
                Duration.ofMinutes(10),
                1_000_000,
                ""),
            new PrintStream(OutputStream.nullOutputStream()),
            Duration.ofMinutes(1),
            Duration.ofMillis(50))
        .run();
    assertThat(jdbc.queryForObject("select bridge.event_partitions_left()", Integer.class))
        .isEqualTo(4);
    assertThat(policies()).isEqualTo(before);
    rowsAreKept();
    signedInUsersReadWhatTheyCouldReadAndWriteNothing();
    theServiceRoleOnlyAppendsToTheAuditAndItsOwnerStillDeletes();
    insertsOfTheOriginalsWritersKeepWorking();
    aSecondRunChangesNothing();
  }

  @Test
  void signedInUsersReadWhatTheyCouldReadAndWriteNothing() {
    Rights rights = new Rights(database);
    assertThat(rights.of("authenticated", "public.audit_event")).containsExactly("SELECT");
    assertThat(rights.of("authenticated", "public.odoo_action_outbox")).isEmpty();
    assertThat(rights.of("anon", "public.audit_event")).isEmpty();
    assertThat(rights.of("anon", "public.odoo_action_outbox")).isEmpty();
  }

  @Test
  void aSecondRunChangesNothing() {
    List<Map<String, Object>> before = rows();
    assertThat(migrate()).isZero();
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void anotherReadSettingRunsOverAKeptPolicy() {
    int ran = new Migrations(owner.dataSource(), AuthenticatedRead.ALL).migrate();
    assertThat(ran).isEqualTo(1);
    assertThat(policies()).contains("audit_event audit_event_read {authenticated}").hasSize(3);
  }

  private int migrate() {
    return new Migrations(owner.dataSource(), AuthenticatedRead.NONE).migrate();
  }

  private List<String> policies() {
    return jdbc.queryForList(
        "select tablename || ' ' || policyname || ' ' || roles::text from pg_policies where schemaname = 'public' order by 1",
        String.class);
  }

  private List<Map<String, Object>> rows() {
    return jdbc.queryForList("select * from public.odoo_action_outbox order by id");
  }
}
