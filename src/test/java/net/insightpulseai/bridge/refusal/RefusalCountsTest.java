package net.insightpulseai.bridge.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import net.insightpulseai.bridge.http.RefusedRequest;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RefusalCountsTest {

  private static final Instant HALF_PAST = Instant.parse("2026-11-29T10:30:00Z");

  private final RefusalCounts counts = new RefusalCounts();

  @Test
  void equalOnesAreCountedByTheHour() {
    refuse(HALF_PAST, "10.0.0.1", "invalid_signature");
    refuse(HALF_PAST.plusSeconds(60), "10.0.0.1", "invalid_signature");
    refuse(HALF_PAST.plusSeconds(3_600), "10.0.0.1", "invalid_signature");
    refuse(HALF_PAST, "10.0.0.1", "signature_missing");

    assertThat(counts.take())
        .containsExactlyInAnyOrder(
            count(10, "invalid_signature", 2, HALF_PAST, HALF_PAST.plusSeconds(60)),
            count(11, "invalid_signature", 1, HALF_PAST.plusSeconds(3_600), null),
            count(10, "signature_missing", 1, HALF_PAST, null));
    assertThat(counts.take()).isEmpty();
  }

  @Test
  void whateverComesThereAreNeverMoreThanAFewHundred() {
    for (int i = 0; i < 10_000; i++) {
      refuse(HALF_PAST, "10.1." + i / 250 + "." + i % 250, "invalid_signature");
    }
    List<RefusalCounts.Count> taken = counts.take();
    assertThat(taken).hasSize(RefusalCounts.MOST + 1);
    assertThat(taken.stream().mapToLong(RefusalCounts.Count::count).sum()).isEqualTo(10_000);
    assertThat(taken)
        .filteredOn(one -> one.address().equals("other"))
        .extracting(RefusalCounts.Count::count)
        .containsExactly(9_500L);
  }

  @Test
  void whatCouldNotBeWrittenIsAddedToWhatCameSince() {
    refuse(HALF_PAST, "10.0.0.1", "invalid_signature");
    List<RefusalCounts.Count> taken = counts.take();
    refuse(HALF_PAST.plusSeconds(5), "10.0.0.1", "invalid_signature");
    counts.restore(taken);
    assertThat(counts.take())
        .containsExactly(count(10, "invalid_signature", 2, HALF_PAST, HALF_PAST.plusSeconds(5)));
  }

  @Test
  void anUnavailableDatabaseLosesNoCountAndEndsNothing() {
    refuse(HALF_PAST, "10.0.0.1", "invalid_signature");
    RefusalCountTable nowhere =
        new RefusalCountTable(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/x"));
    new WriteRefusalCounts(counts, nowhere, Clock.systemUTC()).write();
    assertThat(counts.take()).hasSize(1);
  }

  private static RefusalCounts.Count count(
      int hour, String reason, long count, Instant first, Instant last) {
    return new RefusalCounts.Count(
        Instant.parse("2026-11-29T%d:00:00Z".formatted(hour)),
        reason,
        "10.0.0.1",
        count,
        first,
        last == null ? first : last);
  }

  private void refuse(Instant time, String address, String reason) {
    counts.refused(new RefusedRequest(time, address, "bridge-event", reason, 401, 2, null));
  }
}
