package net.insightpulseai.bridge.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalCountTableTest {

  private static final Instant HOUR = Instant.parse("2026-11-29T10:00:00Z");

  private final TestDatabase database = TestDatabase.fresh();
  private final RefusalCountTable table = new RefusalCountTable(database.dataSource());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void countsOfInstancesAreAdded() {
    table.add(List.of(count("10.0.0.1", 3, HOUR.plusSeconds(60))));
    table.add(List.of(count("10.0.0.1", 2, HOUR.plusSeconds(30)), count("other", 1, HOUR)));
    assertThat(table.newest().get(0))
        .hasToString(
            "{\"hour\":\"2026-11-29T10:00:00Z\",\"reason\":\"invalid_signature\",\"address\":\"10.0.0.1\","
                + "\"count\":5,\"first\":\"2026-11-29T10:00:30Z\",\"last\":\"2026-11-29T10:01:00Z\"}");
    assertThat(table.newest()).hasSize(2);
  }

  @Test
  void anHourHasABoundWhateverTheInstancesSee() {
    for (int instance = 0; instance < 4; instance++) {
      int second = instance;
      table.add(
          IntStream.range(0, 400)
              .mapToObj(i -> count("10.%d.%d.1".formatted(second, i), 1 + i % 3, HOUR))
              .toList());
    }
    assertThat(rows("true")).isLessThanOrEqualTo(501);
    assertThat(rows("address = 'other'")).isOne();
    assertThat(
            database
                .jdbc()
                .queryForObject("select sum(count) from bridge.refusal_count", Long.class))
        .isEqualTo(4 * IntStream.range(0, 400).mapToLong(i -> 1 + i % 3).sum());
    // What is known is still counted by its name, and another hour has room.
    table.add(List.of(count("10.0.2.1", 100, HOUR), count("10.9.9.9", 1, HOUR)));
    assertThat(rows("address = '10.0.2.1' and count > 100")).isOne();
    assertThat(rows("address = '10.9.9.9'")).isZero();
  }

  @Test
  void whatIsBeyondAThousandRowsIsInTheSumsAsOfOtherAddresses() {
    for (int hour = 0; hour < 4; hour++) {
      Instant at = HOUR.minusSeconds(3600L * hour);
      table.add(
          IntStream.range(0, 400)
              .mapToObj(
                  i ->
                      new RefusalCounts.Count(
                          at, "invalid_signature", "10.0.%d.%d".formatted(i / 200, i), 2, at, at))
              .toList());
    }
    ArrayNode newest = table.newest();

    long sum = 0;
    for (JsonNode row : newest) {
      sum += row.path("count").asLong();
    }
    assertThat(sum).isEqualTo(4 * 400 * 2);
    assertThat(newest).hasSize(1_002);
    assertThat(newest.get(1_001))
        .hasToString(
            "{\"hour\":\"2026-11-29T07:00:00Z\",\"reason\":\"invalid_signature\",\"address\":\"other\","
                + "\"count\":800,\"first\":\"2026-11-29T07:00:00Z\",\"last\":\"2026-11-29T07:00:00Z\"}");
  }

  @Test
  void instancesThatWriteAtOnceDoNotDeadlock() throws Exception {
    ExecutorService instances = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> running =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(instance -> instances.submit(() -> writeTwenty(instance)))
              .toList();
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      instances.shutdown();
    }
    assertThat(rows("count = 80")).isEqualTo(100);
  }

  private void writeTwenty(int instance) {
    for (int round = 0; round < 20; round++) {
      int shift = instance * 25 + round;
      table.add(
          IntStream.range(0, 100)
              .mapToObj(i -> count("10.0.0." + (i + shift) % 100, 1, HOUR))
              .toList());
    }
  }

  private static RefusalCounts.Count count(String address, long count, Instant at) {
    return new RefusalCounts.Count(HOUR, "invalid_signature", address, count, at, at);
  }

  private int rows(String where) {
    return database
        .jdbc()
        .queryForObject("select count(*) from bridge.refusal_count where " + where, Integer.class);
  }
}
