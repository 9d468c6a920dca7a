package net.insightpulseai.bridge.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions go when all their events are old and nothing needs one of them. */
class DropPartitionsTest {

  private final PartitionFixture partitions = new PartitionFixture();

  @AfterEach
  void close() {
    partitions.close();
  }

  @Test
  void onlyWhatIsFullAndOldGoes() throws IOException {
    partitions.dropOld();
    assertThat(partitions.names())
        .as("the newest event is old, too, but its partition still takes ids")
        .startsWith("bridge.audit_event_2000000")
        .hasSize(3);
    assertThat(partitions.exists("bridge.audit_event_0")).isFalse();
  }

  @Test
  void oneYoungEventKeepsAPartitionAndThoseAfterIt() throws IOException {
    partitions.jdbc.update(
        "insert into public.audit_event (id, source, event_type, created_at)"
            + " values (77, 'odoo', 'a.b', now() - interval '399 days')");
    partitions.dropOld();
    assertThat(partitions.names()).hasSize(5);
  }

  @Test
  void anOpenDeliveryKeepsItsPartitionAndNoOther() throws IOException {
    partitions.jdbc.update(
        "insert into bridge.event_delivery (target, event_id, event_created_at, status, correlation_id, idempotency_key)"
            + " values ('nobody', 1, now(), 'error', gen_random_uuid(), '')");
    partitions.dropOld();
    assertThat(partitions.names()).startsWith("bridge.audit_event_0", "bridge.audit_event_2000000");

    partitions.jdbc.update(
        "update bridge.event_delivery set status = 'delivered', delivered_at = now()");
    partitions.dropOld();
    assertThat(partitions.names()).startsWith("bridge.audit_event_2000000");
  }

  @Test
  void anUnfinishedReplayKeepsWhatItHasYetToWalk() throws IOException {
    partitions.jdbc.update(
        "insert into bridge.replay (status, filter, subscribers, rate, cursor, until_id, total, who, why)"
            + " values ('paused', '{\"events\":[1000001]}', '{1}', 1, 999999, 1000001, 1, 'ada', 'a test')");
    partitions.dropOld();
    assertThat(partitions.names()).startsWith("bridge.audit_event_1000000");

    partitions.jdbc.update("update bridge.replay set status = 'done', finished_at = now()");
    partitions.dropOld();
    assertThat(partitions.names()).startsWith("bridge.audit_event_2000000");
  }

  @Test
  void aStreamKeepsWhatItHasYetToPublishAndAPullSubscriberKeepsNothing() throws IOException {
    partitions.jdbc.update(
        "insert into bridge.subscriber (name, kind, mode) values ('lake', 'kafka', 'stream'), ('ci', 'pull', 'rest')");
    partitions.jdbc.update(
        "update bridge.subscriber_position set (xact, id) ="
            + " (select xact, id from public.audit_event where id = 1)");
    partitions.dropOld();
    assertThat(partitions.names()).startsWith("bridge.audit_event_1000000");

    partitions.jdbc.update(
        "update bridge.subscriber_position set (xact, id) ="
            + " (select xact, id from public.audit_event where id = 1000001)"
            + " where subscriber = (select id from bridge.subscriber where name = 'lake')");
    partitions.dropOld();
    assertThat(partitions.names()).startsWith("bridge.audit_event_2000000");
  }

  @Test
  void whatIsNotCommittedYetKeepsItsPartition() throws Exception {
    partitions.dropOld();
    partitions.event(2_999_998, 0);
    partitions.jdbc.update("delete from public.audit_event where id > 2000001");
    partitions.event(3_000_000, 0);
    try (Connection writer = partitions.database.dataSource().getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      // The partition before the last is full, and looks as if all of it were old.
      statement.execute(
          "insert into public.audit_event (id, source, event_type) values (2999999, 'odoo', 'c.d')");
      partitions.dropOld();
      writer.commit();
    }
    partitions.dropOld();
    assertThat(partitions.names()).startsWith("bridge.audit_event_2000000");
    assertThat(
            partitions.jdbc.queryForObject(
                "select count(*) from public.audit_event where event_type = 'c.d'", Integer.class))
        .isOne();
  }

  @Test
  void whereItIsAskedForAPartitionIsArchivedBeforeItGoes(@TempDir Path folder) throws IOException {
    partitions.dropOld(PartitionFixture.settings(folder.toString()));
    assertThat(partitions.names()).startsWith("bridge.audit_event_2000000");
    assertThat(folder)
        .isDirectoryContaining("glob:**audit_event_0.ndjson.gz")
        .isDirectoryContaining("glob:**audit_event_1000000.json");
  }

  @Test
  void whatCannotBeArchivedStays(@TempDir Path folder) throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    RetentionSettings archiving = PartitionFixture.settings(gone.toString());
    Files.delete(gone);
    assertThatThrownBy(() -> partitions.dropOld(archiving)).isInstanceOf(IOException.class);
    assertThat(partitions.names()).hasSize(5);
  }
}
