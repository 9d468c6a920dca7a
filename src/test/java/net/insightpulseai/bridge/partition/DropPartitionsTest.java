package net.insightpulseai.bridge.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.archive.ArchiveSettings;
import net.insightpulseai.bridge.archive.ArchiveStores;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Partitions go when all their events are old and nothing needs one of them. */
class DropPartitionsTest {

  private static final ArchiveStores STORES =
      new ArchiveStores(new ArchiveSettings("", "", "", ""), PlaintextHosts.NONE);

  private static final RetentionSettings SETTINGS =
      new RetentionSettings(
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofDays(400),
          Duration.ofMinutes(10),
          1_000_000,
          "");

  private TestDatabase database;
  private JdbcTemplate jdbc;

  /** One event in each of three partitions: two are old, one of them full; the last takes ids. */
  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
    event(0, 900);
    event(1_000_000, 500);
    event(2_000_000, 450);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void onlyWhatIsFullAndOldGoes() throws IOException {
    dropOld();
    assertThat(partitions())
        .as("the newest event is old, too, but its partition still takes ids")
        .startsWith("bridge.audit_event_2000000")
        .hasSize(3);
    assertThat(jdbc.queryForList("select to_regclass('bridge.audit_event_0')::text", String.class))
        .containsOnlyNulls();
  }

  @Test
  void oneYoungEventKeepsAPartitionAndThoseAfterIt() throws IOException {
    jdbc.update(
        "insert into public.audit_event (id, source, event_type, created_at)"
            + " values (77, 'odoo', 'a.b', now() - interval '399 days')");
    dropOld();
    assertThat(partitions()).hasSize(5);
  }

  @Test
  void anOpenDeliveryKeepsItsPartitionAndNoOther() throws IOException {
    jdbc.update(
        "insert into bridge.event_delivery (target, event_id, event_created_at, status, correlation_id, idempotency_key)"
            + " values ('nobody', 1, now(), 'error', gen_random_uuid(), '')");
    dropOld();
    assertThat(partitions()).startsWith("bridge.audit_event_0", "bridge.audit_event_2000000");

    jdbc.update("update bridge.event_delivery set status = 'delivered', delivered_at = now()");
    dropOld();
    assertThat(partitions()).startsWith("bridge.audit_event_2000000");
  }

  @Test
  void anUnfinishedReplayKeepsWhatItHasYetToWalk() throws IOException {
    jdbc.update(
        "insert into bridge.replay (status, filter, subscribers, rate, cursor, until_id, total, who, why)"
            + " values ('paused', '{\"events\":[1000001]}', '{1}', 1, 999999, 1000001, 1, 'ada', 'a test')");
    dropOld();
    assertThat(partitions()).startsWith("bridge.audit_event_1000000");

    jdbc.update("update bridge.replay set status = 'done', finished_at = now()");
    dropOld();
    assertThat(partitions()).startsWith("bridge.audit_event_2000000");
  }

  @Test
  void aStreamKeepsWhatItHasYetToPublishAndAPullSubscriberKeepsNothing() throws IOException {
    jdbc.update(
        "insert into bridge.subscriber (name, kind, mode) values ('lake', 'kafka', 'stream'), ('ci', 'pull', 'rest')");
    jdbc.update(
        "update bridge.subscriber_position set (xact, id) ="
            + " (select xact, id from public.audit_event where id = 1)");
    dropOld();
    assertThat(partitions()).startsWith("bridge.audit_event_1000000");

    jdbc.update(
        "update bridge.subscriber_position set (xact, id) ="
            + " (select xact, id from public.audit_event where id = 1000001)"
            + " where subscriber = (select id from bridge.subscriber where name = 'lake')");
    dropOld();
    assertThat(partitions()).startsWith("bridge.audit_event_2000000");
  }

  @Test
  void whatIsNotCommittedYetKeepsItsPartition() throws Exception {
    dropOld();
    event(2_999_998, 0);
    jdbc.update("delete from public.audit_event where id > 2000001");
    event(3_000_000, 0);
    try (Connection writer = database.dataSource().getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      // The partition before the last is full, and looks as if all of it were old.
      statement.execute(
          "insert into public.audit_event (id, source, event_type) values (2999999, 'odoo', 'c.d')");
      dropOld();
      writer.commit();
    }
    dropOld();
    assertThat(partitions()).startsWith("bridge.audit_event_2000000");
    assertThat(
            jdbc.queryForObject(
                "select count(*) from public.audit_event where event_type = 'c.d'", Integer.class))
        .isOne();
  }

  @Test
  void whatIsDetachedAndHoldsAYoungEventIsNotDropped() throws IOException {
    jdbc.update(
        "insert into public.audit_event (id, source, event_type) values (77, 'odoo', 'c.d')");
    jdbc.execute(
        "comment on table bridge.audit_event_0 is 'old events, being dropped by the bridge'");
    jdbc.execute(
        "alter table public.audit_event detach partition bridge.audit_event_0 concurrently");
    dropOld();
    assertThat(jdbc.queryForObject("select count(*) from bridge.audit_event_0", Integer.class))
        .isEqualTo(2);
  }

  @Test
  void aMarkIsTakenOffWhereNoRemovalBegan() throws IOException {
    jdbc.execute(
        "comment on table bridge.audit_event_2000000 is 'old events, being dropped by the bridge'");
    dropOld();
    assertThat(
            jdbc.queryForList(
                "select obj_description('bridge.audit_event_2000000'::regclass, 'pg_class')",
                String.class))
        .containsOnlyNulls();
  }

  @Test
  void aRemovalThatEndedBeforeTheDropIsEndedByTheNext() throws IOException {
    jdbc.execute(
        "comment on table bridge.audit_event_0 is 'old events, being dropped by the bridge'");
    jdbc.execute(
        "alter table public.audit_event detach partition bridge.audit_event_0 concurrently");
    dropOld();
    assertThat(jdbc.queryForList("select to_regclass('bridge.audit_event_0')::text", String.class))
        .containsOnlyNulls();
    assertThat(partitions()).startsWith("bridge.audit_event_2000000");
  }

  @Test
  void aDetachmentThatATransactionHoldsUpIsEndedByTheNext() throws Exception {
    jdbc.execute(
        "comment on table bridge.audit_event_0 is 'old events, being dropped by the bridge'");
    heldUpDetachment();
    dropOld();
    assertThat(partitions()).startsWith("bridge.audit_event_2000000");
  }

  @Test
  void aDetachmentThatAnOperatorHasBegunIsTheOperators() throws Exception {
    heldUpDetachment();
    assertThat(jdbc.queryForList(SqlFile.read("partition/unfinished"), "x", "x")).isEmpty();
    dropOld();
    assertThat(
            jdbc.queryForObject("select to_regclass('bridge.audit_event_0')::text", String.class))
        .isNotNull();
  }

  private void heldUpDetachment() throws Exception {
    try (Connection reader = database.dataSource().getConnection();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("select count(*) from public.audit_event");
      assertThatThrownBy(
              () ->
                  jdbc.execute(
                      (Connection connection) -> {
                        try (Statement impatient = connection.createStatement()) {
                          impatient.execute("set statement_timeout = '300ms'");
                          try {
                            return impatient.execute(
                                "alter table public.audit_event detach partition bridge.audit_event_0 concurrently");
                          } finally {
                            impatient.execute("reset statement_timeout");
                          }
                        }
                      }))
          .hasMessageContaining("timeout");
      assertThat(
              jdbc.queryForList(
                  "select name from bridge.event_partitions() where detaching", String.class))
          .containsExactly("bridge.audit_event_0");
      insert();
      reader.rollback();
    }
  }

  @Test
  void whereItIsAskedForAPartitionIsArchivedBeforeItGoes(@TempDir Path folder) throws IOException {
    RetentionSettings archiving =
        new RetentionSettings(
            SETTINGS.finished(),
            SETTINGS.eventKeys(),
            SETTINGS.audit(),
            SETTINGS.interval(),
            SETTINGS.partitionRows(),
            folder.toString());
    dropOld(archiving);
    assertThat(partitions()).startsWith("bridge.audit_event_2000000");
    assertThat(folder)
        .isDirectoryContaining("glob:**audit_event_0.ndjson.gz")
        .isDirectoryContaining("glob:**audit_event_1000000.json");
  }

  @Test
  void whatCannotBeArchivedStays(@TempDir Path folder) throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    RetentionSettings archiving =
        new RetentionSettings(
            SETTINGS.finished(),
            SETTINGS.eventKeys(),
            SETTINGS.audit(),
            SETTINGS.interval(),
            SETTINGS.partitionRows(),
            gone.toString());
    Files.delete(gone);
    assertThatThrownBy(() -> dropOld(archiving)).isInstanceOf(IOException.class);
    assertThat(partitions()).hasSize(5);
  }

  @Test
  void whatAnOperatorDetachedStays() throws IOException {
    jdbc.execute(
        "alter table public.audit_event detach partition bridge.audit_event_0 concurrently");
    dropOld();
    assertThat(jdbc.queryForObject("select count(*) from bridge.audit_event_0", Integer.class))
        .isOne();
  }

  private void dropOld() throws IOException {
    dropOld(SETTINGS);
  }

  private void dropOld(RetentionSettings settings) throws IOException {
    new DropPartitions(database.dataSource(), settings, STORES, Clock.systemUTC())
        .process(new DefaultExchange(new DefaultCamelContext()));
    insert();
  }

  private void insert() {
    jdbc.update("insert into public.audit_event (source, event_type) values ('odoo', 'a.b')");
    jdbc.update("delete from public.audit_event where event_type = 'a.b' and id > 2000001");
  }

  /** One event that many days ago, with an id after this one. */
  private void event(long after, int days) {
    jdbc.queryForList(
        "select setval('public.audit_event_id_seq', ?, ?)", Math.max(1, after), after > 0);
    jdbc.update(
        "insert into public.audit_event (source, event_type, created_at)"
            + " values ('odoo', 'a.b', now() - make_interval(days => ?))",
        days);
  }

  private List<String> partitions() {
    return jdbc.queryForList("select name from bridge.event_partitions()", String.class);
  }
}
