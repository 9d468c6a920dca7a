package net.insightpulseai.bridge.partition;

import static org.assertj.core.api.Assertions.assertThat;

import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PartitionsHealthTest {

  @Test
  void itSaysHowLongThePartitionsLast() {
    try (TestDatabase database = TestDatabase.fresh()) {
      assertThat(health(database).getDetails())
          .containsEntry("storage", "partitions")
          .containsEntry("partitions", 5L)
          .containsEntry("empty", 4L)
          .containsEntry("events_left", 4_999_999L)
          .doesNotContainKeys("days_left", "warning");

      event(database, 1);
      event(database, 1_000_001);
      assertThat(health(database).getDetails())
          .containsEntry("empty", 3L)
          .containsEntry("events_left", 3_999_998L)
          .containsEntry("days_left", 3L)
          .doesNotContainKey("warning");
    }
  }

  @Test
  void fewAreAWarningThatDoesNotTakeTheServiceOut() {
    try (TestDatabase database = TestDatabase.fresh()) {
      event(database, 3_000_000);
      Health few = health(database);
      assertThat(few.getStatus()).isEqualTo(Status.UP);
      assertThat(few.getDetails()).containsEntry("empty", 1L);
      assertThat(few.getDetails().get("warning")).asString().startsWith("few partitions are left");
    }
  }

  @Test
  void oneTableHasNoneAndThatIsNoWarning() {
    try (TestDatabase database = TestDatabase.withoutPartitions()) {
      assertThat(health(database).getDetails()).containsOnlyKeys("storage");
    }
  }

  @Test
  void aDatabaseThatIsAwayIsToldElsewhere() {
    Health away =
        new PartitionsHealth(
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none", "none", ""))
            .health();
    assertThat(away.getStatus()).isEqualTo(Status.UP);
    assertThat(away.getDetails()).containsOnlyKeys("warning");
  }

  private static Health health(TestDatabase database) {
    return new PartitionsHealth(database.dataSource()).health();
  }

  private static void event(TestDatabase database, long id) {
    database.jdbc().queryForList("select setval('public.audit_event_id_seq', ?, false)", id);
    database
        .jdbc()
        .update("insert into public.audit_event (source, event_type) values ('odoo', 'a.b')");
  }
}
