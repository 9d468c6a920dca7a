package net.insightpulseai.bridge.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.Migrations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Partitions of a new installation: made ahead, and used by whoever inserts. */
class EventPartitionsTest {

  private static final String MAKE = "select bridge.make_event_partitions(1000000, 4)";

  private TestDatabase database;
  private JdbcTemplate jdbc;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aNewInstallationBeginsWithPartitionsAhead() {
    assertThat(storage()).isEqualTo("partitions");
    assertThat(left()).isEqualTo(4);
    assertThat(partitions()).contains("bridge.audit_event_0", "bridge.audit_event_4000000");
    assertThat(jdbc.queryForObject(MAKE, Integer.class)).isZero();
  }

  @Test
  void partitionsAreMadeAsIdsAreUsedWhateverTheirSizeWas() {
    used(1_500_000);
    assertThat(left()).isEqualTo(3);
    assertThat(jdbc.queryForObject(MAKE, Integer.class)).isEqualTo(1);
    assertThat(left()).isEqualTo(4);

    used(5_999_999);
    assertThat(jdbc.queryForObject("select bridge.make_event_partitions(400000, 2)", Integer.class))
        .as("from the end of the last one on, in multiples of the new size")
        .isEqualTo(2);
    assertThat(partitions()).contains("bridge.audit_event_6000000", "bridge.audit_event_6400000");
    insert();
  }

  @Test
  void thousandsOfSmallPartitionsAreNotMade() {
    for (String call : List.of("99999, 4", "1000000, 101", "null, 4", "1000000, 0")) {
      assertThatThrownBy(
              () -> jdbc.queryForList("select bridge.make_event_partitions(" + call + ")"))
          .as(call)
          .rootCause()
          .hasMessageContaining("expected 100000 to 1000000000 and 1 to 100");
    }
  }

  @Test
  void idsThatJumpFarAheadGetPartitionsToo() {
    used(50_500_000);
    assertThatThrownBy(this::insert).rootCause().hasMessageContaining("no partition");
    assertThat(jdbc.queryForObject(MAKE, Integer.class)).isEqualTo(5);
    insert();
    assertThat(left()).isEqualTo(4);
  }

  @Test
  void oneOfSeveralReplicasMakesThem() throws SQLException {
    used(3_000_000);
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(MAKE);
      assertThat(jdbc.queryForObject(MAKE, Integer.class)).as("another one is at it").isZero();
      insert();
      other.commit();
    }
    assertThat(left()).isEqualTo(4);
  }

  @Test
  void theServiceRoleMakesPartitionsAndReachesNone() throws SQLException {
    used(3_000_000);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local role service_role");
      statement.execute(MAKE);
      statement.execute(
          "insert into public.audit_event (source, event_type) values ('odoo', 'a.b')");
      statement.execute("select bridge.event_partitions_left()");
      assertThatThrownBy(() -> statement.execute("select from bridge.audit_event_0"))
          .hasMessageContaining("permission denied");
      connection.rollback();
    }
  }

  @Test
  void anEventHasItsDeliveriesInEveryPartition() {
    jdbc.update(
        "insert into bridge.subscriber (name, kind, url) values ('crm', 'webhook', 'https://a.example')");
    for (long used : new long[] {999_998, 1_999_998}) {
      used(used);
      jdbc.update(
          "insert into public.audit_event (source, event_type) select 'odoo', 'a.b' from generate_series(1, 3)");
    }
    assertThat(
            jdbc.queryForObject(
                "select count(distinct d.event_id) from bridge.event_delivery d"
                    + " join public.audit_event e on e.id = d.event_id",
                Integer.class))
        .isEqualTo(6);
    assertThat(
            jdbc.queryForObject(
                "select count(distinct tableoid) from public.audit_event", Integer.class))
        .isEqualTo(3);
  }

  @Test
  void whatAnotherProgramPartitionsIsLeftAlone() {
    jdbc.execute("create table public.rest partition of public.audit_event default");
    assertThat(storage()).isEqualTo("other");
    used(3_000_000);
    assertThat(jdbc.queryForObject(MAKE, Integer.class)).isZero();
    assertThat(left()).isNull();
  }

  @Test
  void eventsOutliveTheSchemaOnceTheyAreMovedOut() {
    insert();
    jdbc.execute("select bridge.keep_events()");
    jdbc.execute("drop schema bridge cascade");

    insert();
    used(9_000_000);
    insert();
    assertThat(jdbc.queryForObject("select count(*) from public.audit_event", Integer.class))
        .isEqualTo(3);
    new Migrations(database.dataSource(), AuthenticatedRead.NONE).migrate();
    assertThat(storage()).isEqualTo("other");
    insert();
  }

  private void insert() {
    jdbc.update("insert into public.audit_event (source, event_type) values ('odoo', 'a.b')");
  }

  private void used(long id) {
    jdbc.queryForList("select setval('public.audit_event_id_seq', ?)", id);
  }

  private String storage() {
    return jdbc.queryForObject("select bridge.event_storage()", String.class);
  }

  private Integer left() {
    return jdbc.queryForObject("select bridge.event_partitions_left()", Integer.class);
  }

  private List<String> partitions() {
    return jdbc.queryForList("select name from bridge.event_partitions()", String.class);
  }
}
