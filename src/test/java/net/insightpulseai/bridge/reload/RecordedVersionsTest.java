package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What runs is recorded in the database, whenever the database takes it. */
class RecordedVersionsTest extends LiveRoutesTest {

  @Test
  void whatRunsIsTheNewestVersionWithWhoAndWhat() {
    awaitRecorded();
    write("custom/hello", hello("two"));
    reload().reload("Zoë");
    awaitRecorded();

    assertThat(
            text("select who || ': ' || change from bridge.route_version order by id desc limit 1"))
        .isEqualTo("Zoë: replaced word");
    assertThat(
            text(
                "select content from bridge.route_version_file f join bridge.route_file c on c.hash = f.file"
                    + " where name = 'custom/hello.camel.yaml' order by version desc limit 1"))
        .isEqualTo(hello("two"));
  }

  @Test
  void anEditIsAppliedWhileTheVersionsCannotBeWrittenAndIsRecordedLater() {
    awaitRecorded();
    jdbc().execute("alter table bridge.route_version rename to away");
    try {
      write("custom/hello", hello("two"));
      assertThat(reload().reload("ann")).isEqualTo(ReloadResult.APPLIED);
      assertThat(get("/custom/hello").body()).isEqualTo("two");
      write("custom/hello", hello("three"));
      assertThat(reload().reload("ben")).isEqualTo(ReloadResult.APPLIED);
    } finally {
      jdbc().execute("alter table bridge.away rename to route_version");
    }
    awaitRecorded();
    assertThat(
            text(
                "select string_agg(who, ', ' order by id desc) from (select * from bridge.route_version order by id desc limit 2) x"))
        .isEqualTo("ben, ann");
  }

  @Test
  void anEditDoesNotWaitForALockOfTheVersions() throws Exception {
    awaitRecorded();
    try (Connection other = database().dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table bridge.route_version in access exclusive mode");
      write("custom/hello", hello("two"));
      assertThat(reload().reload("ann")).isEqualTo(ReloadResult.APPLIED);
      write("custom/hello", hello("three"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> get("/custom/hello").body().equals("three"));
      other.rollback();
    }
    awaitRecorded();
  }

  /** Until the newest version is what runs. */
  private void awaitRecorded() {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () ->
                text("select hash from bridge.route_version order by id desc limit 1")
                    .equals(reload().running().snapshot().hash()));
  }
}
