package net.insightpulseai.bridge.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import net.insightpulseai.bridge.database.SqlFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a removal of a partition leaves that ended half-way, here or in another instance, and what
 * an operator has begun.
 */
class BrokenRemovalTest {

  private final PartitionFixture partitions = new PartitionFixture();

  @AfterEach
  void close() {
    partitions.close();
  }

  @Test
  void whatIsDetachedAndHoldsAYoungEventIsNotDropped() throws IOException {
    partitions.jdbc.update(
        "insert into public.audit_event (id, source, event_type) values (77, 'odoo', 'c.d')");
    mark("bridge.audit_event_0");
    detach();
    partitions.dropOld();
    assertThat(
            partitions.jdbc.queryForObject(
                "select count(*) from bridge.audit_event_0", Integer.class))
        .isEqualTo(2);
  }

  @Test
  void aMarkIsTakenOffWhereNoRemovalBegan() throws IOException {
    mark("bridge.audit_event_2000000");
    partitions.dropOld();
    assertThat(
            partitions.jdbc.queryForList(
                "select obj_description('bridge.audit_event_2000000'::regclass, 'pg_class')",
                String.class))
        .containsOnlyNulls();
  }

  @Test
  void aRemovalThatEndedBeforeTheDropIsEndedByTheNext() throws IOException {
    mark("bridge.audit_event_0");
    detach();
    partitions.dropOld();
    assertThat(partitions.exists("bridge.audit_event_0")).isFalse();
    assertThat(partitions.names()).startsWith("bridge.audit_event_2000000");
  }

  @Test
  void aDetachmentThatATransactionHoldsUpIsEndedByTheNext() throws Exception {
    mark("bridge.audit_event_0");
    heldUpDetachment();
    partitions.dropOld();
    assertThat(partitions.names()).startsWith("bridge.audit_event_2000000");
  }

  @Test
  void aDetachmentThatAnOperatorHasBegunIsTheOperators() throws Exception {
    heldUpDetachment();
    assertThat(partitions.jdbc.queryForList(SqlFile.read("partition/unfinished"), "x", "x"))
        .isEmpty();
    partitions.dropOld();
    assertThat(partitions.exists("bridge.audit_event_0")).isTrue();
  }

  @Test
  void whatAnOperatorDetachedStays() throws IOException {
    detach();
    partitions.dropOld();
    assertThat(
            partitions.jdbc.queryForObject(
                "select count(*) from bridge.audit_event_0", Integer.class))
        .isOne();
  }

  private void heldUpDetachment() throws Exception {
    try (Connection reader = partitions.database.dataSource().getConnection();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("select count(*) from public.audit_event");
      assertThatThrownBy(
              () ->
                  partitions.jdbc.execute(
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
              partitions.jdbc.queryForList(
                  "select name from bridge.event_partitions() where detaching", String.class))
          .containsExactly("bridge.audit_event_0");
      partitions.insert();
      reader.rollback();
    }
  }

  private void mark(String partition) {
    partitions.jdbc.execute(
        "comment on table " + partition + " is 'old events, being dropped by the bridge'");
  }

  private void detach() {
    partitions.jdbc.execute(
        "alter table public.audit_event detach partition bridge.audit_event_0 concurrently");
  }
}
