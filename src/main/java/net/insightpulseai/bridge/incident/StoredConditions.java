package net.insightpulseai.bridge.incident;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.answer.Excerpt;
import net.insightpulseai.bridge.config.DurationText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the rows of {@code sql/incident/conditions.sql}: what the database shows, in words. */
@Component
class StoredConditions {

  /** The statement counts no further. */
  private static final long MANY = 10_000;

  /** Who stops a target without a person. */
  private static final Set<String> BY_ITSELF = Set.of("bridge", "the bridge", "pairing");

  private final Clock clock;

  StoredConditions(Clock clock) {
    this.clock = clock;
  }

  List<Condition> of(List<?> rows) {
    List<Condition> conditions = new ArrayList<>();
    for (Object one : rows) {
      Map<?, ?> row = (Map<?, ?>) one;
      Condition condition = of(row);
      if (condition != null) {
        conditions.add(condition);
      }
    }
    return conditions;
  }

  private @Nullable Condition of(Map<?, ?> row) {
    String word = String.valueOf(row.get("kind"));
    String subject = String.valueOf(row.get("subject"));
    String name = String.valueOf(row.get("name"));
    Instant since = instant(row.get("since"));
    if (word.equals("clock")) {
      return Clocks.compare(subject, name, Duration.between(clock.instant(), since), clock);
    }
    IncidentKind kind = IncidentKind.of(word);
    if (kind == null) {
      return null;
    }
    Condition found = Condition.of(kind, subject, name, found(kind, row, since), since);
    return kind == IncidentKind.TARGET_PAUSED && !BY_ITSELF.contains(String.valueOf(row.get("by")))
        ? found.asMeant()
        : found;
  }

  private String found(IncidentKind kind, Map<?, ?> row, Instant since) {
    Object detail = row.get("detail");
    return switch (kind) {
      case DEAD_LETTERS -> count(row, "dead letter");
      case ACTIONS_HELD -> count(row, "action") + " held, from before the bridge was installed";
      case TARGET_PAUSED -> stopped("paused", row);
      case TARGET_DISABLED -> stopped("disabled", row);
      case ROWS_LATE ->
          "the oldest row has been due for "
              + DurationText.of(Duration.ofMinutes(age(since).toMinutes()));
      case PARTITIONS_FEW -> count(row, "partition") + " of audit_event left for new events";
      case STREAM_LATE ->
          "the first event that is not acknowledged was stored "
              + DurationText.of(Duration.ofMinutes(age(since).toMinutes()))
              + " ago";
      case PULL_LATE ->
          "the first event that it has not fetched was stored "
              + DurationText.of(Duration.ofDays(age(since).toDays()))
              + " ago, and is deleted soon";
      case HEARTBEAT_ABSENT ->
          detail == null
              ? "the heartbeat's action is not applied"
              : "Odoo applied the heartbeat's action, and no event came back";
      default -> Excerpt.line(String.valueOf(detail));
    };
  }

  private Duration age(Instant since) {
    return Duration.between(since, clock.instant());
  }

  private static String stopped(String how, Map<?, ?> row) {
    Object why = row.get("detail");
    return how
        + " by "
        + Excerpt.line(String.valueOf(row.get("by")))
        + (why == null ? "" : ": " + Excerpt.line(String.valueOf(why)));
  }

  private static String count(Map<?, ?> row, String one) {
    long count = row.get("count") instanceof Number number ? number.longValue() : 0;
    return (count >= MANY ? MANY + " or more" : String.valueOf(count))
        + " "
        + one
        + (count == 1 ? "" : "s");
  }

  private static Instant instant(@Nullable Object value) {
    if (value instanceof Timestamp time) {
      return time.toInstant();
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    throw new IllegalArgumentException("no time: " + value);
  }
}
