package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import javax.sql.DataSource;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class MigrationsTest {

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.empty();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void anEmptyDatabaseIsMigratedOnceAndThenLeftAlone() {
    assertThat(migrations(database.dataSource()).migrate()).isPositive();
    assertThat(migrations(database.dataSource()).migrate()).isZero();
  }

  @Test
  void inPublicThereAreOnlyTheTablesOfTheOriginalContract() {
    migrations(database.dataSource()).migrate();

    List<String> tables =
        database
            .jdbc()
            .queryForList(
                "select tablename from pg_tables where schemaname = 'public'", String.class);
    List<String> functions =
        database
            .jdbc()
            .queryForList(
                "select proname from pg_proc where pronamespace = 'public'::regnamespace",
                String.class);
    assertThat(tables).containsExactlyInAnyOrder("audit_event", "odoo_action_outbox");
    assertThat(functions).isEmpty();
  }

  @Test
  void anOwnerWhoIsNoSuperuserMigrates() {
    SupabaseOwner owner = SupabaseOwner.of(database);

    assertThat(migrations(owner.dataSource()).migrate()).isPositive();
    owner
        .jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args) values ('bridge.ping', '{}')");
    assertThat(
            owner
                .jdbc()
                .queryForObject("select status from public.odoo_action_outbox", String.class))
        .isEqualTo("queued");
  }

  @Test
  void everyFunctionHasASearchPathOfItsOwn() {
    migrations(database.dataSource()).migrate();

    assertThat(
            database
                .jdbc()
                .queryForList(
                    "select proname from pg_proc where pronamespace = 'bridge'::regnamespace and"
                        + " not coalesce(proconfig @> array['search_path=pg_catalog, pg_temp'], false)",
                    String.class))
        .isEmpty();
  }

  @Test
  void validateRefusesASchemaThatIsNotThereAndChangesNothing() {
    assertThatThrownBy(() -> migrations(database.dataSource()).apply(Migrate.VALIDATE))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("bridge.database.migrate=validate: found ")
        .hasMessageContaining("bridge.database.migrate=auto");
    assertThat(
            database
                .jdbc()
                .queryForObject("select to_regnamespace('bridge') is null", Boolean.class))
        .isTrue();
  }

  @Test
  void validateAcceptsAMigratedSchema() {
    migrations(database.dataSource()).apply(Migrate.AUTO);
    migrations(database.dataSource()).apply(Migrate.VALIDATE);
  }

  @Test
  void aHistoryOfOtherMigrationsIsRefusedWithWhatToDo() {
    migrations(database.dataSource()).migrate();
    database
        .jdbc()
        .update("update bridge.flyway_schema_history set checksum = 1 where version = '1'");

    assertThatThrownBy(() -> migrations(database.dataSource()).apply(Migrate.AUTO))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The schema bridge: found a history of other migrations (Migration")
        .hasMessageContaining("checksum mismatch")
        .hasMessageContaining("delete the folder data/")
        .hasMessageContaining("drop schema bridge cascade")
        .hasMessageNotContaining("\n");
  }

  @Test
  void withoutTheSchemaBridgeTheTwoTablesAreTakenOverAgainAsTheyAre() {
    migrations(database.dataSource()).migrate();
    JdbcTemplate jdbc = database.jdbc();
    jdbc.update("insert into public.odoo_action_outbox (action) values ('bridge.ping')");
    jdbc.execute("drop schema bridge cascade");

    assertThat(migrations(database.dataSource()).migrate()).isPositive();
    jdbc.update("insert into public.odoo_action_outbox (action) values ('bridge.ping')");
    assertThat(
            jdbc.queryForList(
                "select ordering_key = '' and next_attempt_at <= now() from public.odoo_action_outbox",
                Boolean.class))
        .containsExactly(true, true);
  }

  @Test
  void aRoleThatMayNotCreateIsToldWhatToDo() {
    SupabaseOwner owner = SupabaseOwner.of(database);
    database.jdbc().execute("revoke create on database " + name() + " from public");
    database.jdbc().execute("alter database " + name() + " owner to postgres");

    assertThatThrownBy(() -> migrations(owner.dataSource()).apply(Migrate.AUTO))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("permission denied")
        .hasMessageContaining("Start once as the owner of the tables")
        .hasMessageNotContaining("\n");
  }

  private String name() {
    return database.jdbc().queryForObject("select current_database()", String.class);
  }

  private static Migrations migrations(DataSource dataSource) {
    return new Migrations(dataSource, AuthenticatedRead.NONE);
  }
}
