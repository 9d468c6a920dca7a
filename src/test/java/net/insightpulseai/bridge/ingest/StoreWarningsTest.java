package net.insightpulseai.bridge.ingest;

import static net.insightpulseai.bridge.ingest.Events.withId;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A database that stores an event and warns meanwhile. */
@ExtendWith(OutputCaptureExtension.class)
class StoreWarningsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final StoreWarnings warnings = new StoreWarnings(registry, clock);

  @Test
  void everyWarningOfAStatementIsCountedAndItsEventsAreStored() throws SQLException {
    try (TestDatabase database = TestDatabase.fresh()) {
      database
          .jdbc()
          .execute(
              """
              create function public.grumble() returns trigger language plpgsql as $$
              begin
                raise notice 'no matter';
                raise warning 'lost: %', new.payload;
                return null;
              end $$;
              create trigger grumble after insert on public.audit_event for each row execute function public.grumble();
              """);
      EventTable table = new EventTable(database.dataSource(), Duration.ofSeconds(10), warnings);

      assertThat(table.store(List.of(withId("a"), withId("b")))).doesNotContainNull();
      assertThat(counted()).isEqualTo(2);

      table.store(List.of(withId("c")));
      assertThat(counted()).isEqualTo(3);
    }
  }

  @Test
  void theLogSaysSoOnceAMinuteAndNeverWhatTheWarningSays(CapturedOutput output) {
    for (int i = 0; i < 100; i++) {
      warnings.count(new SQLWarning("a payload", "01000"));
    }
    assertThat(lines(output)).isEqualTo(1);

    now.updateAndGet(time -> time.plusSeconds(61));
    warnings.count(new SQLWarning("a payload", "01000"));

    assertThat(lines(output)).isEqualTo(2);
    assertThat(output).doesNotContain("a payload");
    assertThat(counted()).isEqualTo(101);
  }

  @Test
  void aNoticeIsNoWarning(CapturedOutput output) {
    warnings.count(null);
    warnings.count(new SQLWarning("no matter", "00000"));

    assertThat(counted()).isZero();
    assertThat(lines(output)).isZero();
  }

  private double counted() {
    return registry.get("bridge.ingest.warnings").counter().count();
  }

  private static int lines(CapturedOutput output) {
    return output.getOut().split("The database warned", -1).length - 1;
  }
}
