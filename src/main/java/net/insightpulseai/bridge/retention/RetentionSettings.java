package net.insightpulseai.bridge.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import net.insightpulseai.bridge.archive.ArchivePlace;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long finished rows are kept. Unfinished rows are never deleted.
 *
 * @param finished how long to keep applied actions, delivered events, resolved dead letters and
 *     finished replays
 * @param eventKeys how long a repeated {@code event_id} is recognized
 * @param audit how long to keep events
 * @param interval how often the deletion runs
 * @param partitionRows how many events a partition of {@code audit_event} takes, where it has
 *     partitions: they are dropped as a whole, when the newest event of one is old enough
 * @param archiveTo where a partition is written to before it is dropped: a folder, or {@code
 *     s3://bucket/prefix}; empty: nowhere
 */
@Validated
@ConfigurationProperties("bridge.retention")
public record RetentionSettings(
    @DurationMin(hours = 1) @DefaultValue("7d") Duration finished,
    @DurationMin(hours = 1) @DefaultValue("30d") Duration eventKeys,
    @DurationMin(hours = 1) @DefaultValue("400d") Duration audit,
    @DurationMin(seconds = 1) @DefaultValue("10m") Duration interval,
    @Min(100_000) @Max(1_000_000_000) @DefaultValue("1000000") long partitionRows,
    @DefaultValue("") String archiveTo) {

  public RetentionSettings {
    if (!archiveTo.isEmpty()) {
      ArchivePlace.check("bridge.retention.archive-to (BRIDGE_ARCHIVE_TO)", archiveTo);
    }
  }

  private static final int FEWEST_AHEAD = 4;

  /** More than the million ids that a copy of a database skips, and than a minute brings. */
  private static final long IDS_AHEAD = 2_000_000;

  /** How many partitions are there before events need them. */
  public int partitionsAhead() {
    return (int) Math.max(FEWEST_AHEAD, (IDS_AHEAD + partitionRows - 1) / partitionRows);
  }
}
