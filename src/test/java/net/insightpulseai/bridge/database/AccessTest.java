package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, asked of the server as each of Supabase's roles. */
class AccessTest {

  private static final String ACTION =
      "insert into public.odoo_action_outbox (action, args) values ('account.move.post', '{\"id\": 1234}')";
  private static final String EVENT =
      "insert into public.audit_event (source, event_type, payload) values ('odoo', 'res.partner.updated', '{\"name\": \"Acme\"}')";

  private TestDatabase database;
  private Rights rights;

  @BeforeEach
  void create() {
    database = TestDatabase.fresh();
    rights = new Rights(database);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"anon", "authenticated"})
  void usersOfTheApiSeeNothing(String role) {
    assertThat(rights.of(role, "public.audit_event")).isEmpty();
    assertThat(rights.of(role, "public.odoo_action_outbox")).isEmpty();
    assertThat(rights.canUseSchema(role, "bridge")).isFalse();
    assertThatThrownBy(
            () -> rights.queryAs(role, Long.class, "select count(*) from public.audit_event"))
        .rootCause()
        .hasMessageContaining("permission denied for table audit_event");
    assertThatThrownBy(() -> rights.updateAs(role, ACTION))
        .rootCause()
        .hasMessageContaining("permission denied for table odoo_action_outbox");
    assertThatThrownBy(
            () -> rights.queryAs(role, Long.class, "select count(*) from bridge.subscriber"))
        .rootCause()
        .hasMessageContaining("permission denied for schema bridge");
    assertThatThrownBy(() -> rights.queryAs(role, Long.class, "select bridge.enqueue('a.b', '{}')"))
        .rootCause()
        .hasMessageContaining("permission denied for schema bridge");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anon", "authenticated"})
  void noFunctionOfOursRunsForUsersOfTheApi(String role) {
    assertThat(
            database
                .jdbc()
                .queryForList(
                    "select proname from pg_proc where pronamespace = 'bridge'::regnamespace and has_function_privilege(?, oid, 'EXECUTE')",
                    String.class,
                    role))
        .isEmpty();
  }

  @Test
  void aPlainInsertByTheServiceRoleGetsItsLaneAndKey() {
    rights.updateAs("service_role", ACTION);

    assertThat(
            database
                .jdbc()
                .queryForMap(
                    "select ordering_key, length(idempotency_key) as key_length, status, target from public.odoo_action_outbox"))
        .containsEntry("ordering_key", "account.move:1234")
        .containsEntry("key_length", 36)
        .containsEntry("status", "queued")
        .containsEntry("target", "odoo");
  }

  @Test
  void explicitNullsAreFilledAsIfTheyWereLeftOut() {
    rights.updateAs(
        "service_role",
        "insert into public.odoo_action_outbox (action, args, ordering_key, idempotency_key, correlation_id, target, next_attempt_at)"
            + " values ('account.move.post', '{\"id\": 1}', null, null, null, null, null)");

    assertThat(
            database
                .jdbc()
                .queryForObject(
                    "select count(*) from public.odoo_action_outbox where correlation_id is not null and target = 'odoo' and next_attempt_at <= now()",
                    Long.class))
        .isOne();
  }

  @Test
  void theServiceRoleWritesEventsAndKeepsTheQueues() {
    rights.updateAs("service_role", EVENT);
    assertThat(
            rights.queryAs("service_role", Long.class, "select count(*) from public.audit_event"))
        .isOne();
    assertThat(rights.updateAs("service_role", "update bridge.target set state = 'paused'"))
        .isOne();
    assertThat(
            rights.queryAs(
                "service_role", Long.class, "select bridge.enqueue('a.b', '{\"id\": 1}')"))
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update public.audit_event set payload = '{}'",
        "delete from public.audit_event",
        "truncate public.audit_event"
      })
  void theServiceRoleCannotChangeWhatHasHappened(String sql) {
    assertThat(rights.of("service_role", "public.audit_event")).containsExactly("SELECT");
    rights.updateAs("service_role", EVENT);
    assertThatThrownBy(() -> rights.updateAs("service_role", sql))
        .rootCause()
        .hasMessageContaining("permission denied for table audit_event");
  }

  @Test
  void theServiceRoleCannotPutAnEventAnywhereElseInTheOrder() {
    assertThatThrownBy(
            () ->
                rights.updateAs(
                    "service_role",
                    "insert into public.audit_event (source, event_type, xact) values ('odoo', 'a.b', '7')"))
        .rootCause()
        .hasMessageContaining("permission denied for table audit_event");
    // What PostgREST makes of an insert through the API.
    assertThat(
            rights.queryAs(
                "service_role",
                Long.class,
                "with source as (insert into public.audit_event (event_type, meta, payload, source)"
                    + " select event_type, meta, payload, source from json_to_record("
                    + "'{\"event_type\":\"a.b\",\"source\":\"odoo\",\"payload\":{}}')"
                    + " as _ (event_type text, meta jsonb, payload jsonb, source text)"
                    + " returning public.audit_event.*) select count(*) from source"))
        .isOne();
  }

  @Test
  void theServiceRoleCannotRewriteTheHistoryOfMigrations() {
    assertThat(rights.of("service_role", "bridge.flyway_schema_history")).containsExactly("SELECT");
  }

  @Test
  void whoMayInsertNeedsNoRightOnTheBridgesSchema() {
    String role = "inserter_" + ProcessHandle.current().pid();
    database.jdbc().execute("create role " + role);
    try {
      database
          .jdbc()
          .execute("grant insert on public.odoo_action_outbox, public.audit_event to " + role);
      database
          .jdbc()
          .execute(
              "grant usage on sequence public.odoo_action_outbox_id_seq, public.audit_event_id_seq to "
                  + role);
      database
          .jdbc()
          .execute(
              "create policy p on public.odoo_action_outbox for insert to "
                  + role
                  + " with check (true)");
      database
          .jdbc()
          .execute(
              "create policy p on public.audit_event for insert to " + role + " with check (true)");
      database.jdbc().update("insert into bridge.subscriber (name, kind) values ('s', 'webhook')");

      rights.updateAs(role, ACTION);
      rights.updateAs(role, EVENT);

      assertThat(rights.canUseSchema(role, "bridge")).isFalse();
      assertThat(
              database
                  .jdbc()
                  .queryForObject(
                      "select ordering_key from public.odoo_action_outbox", String.class))
          .isEqualTo("account.move:1234");
      assertThat(
              database
                  .jdbc()
                  .queryForObject("select count(*) from bridge.event_delivery", Long.class))
          .isOne();
    } finally {
      database.jdbc().execute("drop owned by " + role);
      database.jdbc().execute("drop role " + role);
    }
  }

  @Test
  void withMetadataSignedInUsersReadEverythingButPayloads() {
    new Migrations(database.dataSource(), AuthenticatedRead.METADATA).migrate();
    rights.updateAs("service_role", EVENT);

    assertThat(
            rights.queryAs(
                "authenticated", String.class, "select event_type from public.audit_event"))
        .isEqualTo("res.partner.updated");
    assertThatThrownBy(
            () ->
                rights.queryAs(
                    "authenticated", String.class, "select payload::text from public.audit_event"))
        .rootCause()
        .hasMessageContaining("permission denied for table audit_event");
  }

  @Test
  void aReadSettingThatIsTakenBackTakesTheRightBack() {
    new Migrations(database.dataSource(), AuthenticatedRead.ALL).migrate();
    assertThat(rights.of("authenticated", "public.audit_event")).containsExactly("SELECT");

    new Migrations(database.dataSource(), AuthenticatedRead.NONE).migrate();
    assertThat(rights.of("authenticated", "public.audit_event")).isEmpty();
  }
}
