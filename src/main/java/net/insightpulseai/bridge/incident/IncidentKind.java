package net.insightpulseai.bridge.incident;

import java.util.Locale;
import net.insightpulseai.bridge.pairing.PairingRules;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of incidents, each with what to do about it: in words that fit wherever they are read,
 * and then where, in brackets. The doctor, the console, the API and the events take them from here.
 */
public enum IncidentKind {
  /** Rows that finally failed. */
  DEAD_LETTERS(
      "fix the cause, then send them again or discard them"
          + " (console: Dead letters; HTTP: GET /bridge/dead-letters)",
      "deadletters"),
  /** Actions from before the bridge was installed. */
  ACTIONS_HELD(
      "look at them, then send or discard them"
          + " (console: Overview; HTTP: POST /bridge/actions/held/release or /discard)",
      "actions?status=queued"),
  /** A target to which nothing is sent until an operator resumes it. */
  TARGET_PAUSED(
      "pair if the reason is a copy, otherwise resume it"
          + " (console: Overview; HTTP: POST /bridge/targets/{target}/resume)",
      "overview"),
  /** A subscriber that wants no more. */
  TARGET_DISABLED(
      "correct its address or delete it; resume it if it wants events again"
          + " (console: Subscribers; HTTP: POST /bridge/targets/{target}/resume)",
      "subscribers"),
  /** A target that does not work: its circuit is open. */
  CIRCUIT_OPEN(
      "correct the other side; it is tried again by itself, and no attempt is lost", "overview"),
  /** Rows have been due for too long. */
  ROWS_LATE(
      "see whether the target is slow, or more comes in than goes out: raise its slots or its rate",
      "overview"),
  /** The publisher of a stream does not get on. */
  STREAM_LATE(
      "see in the log whether the brokers answer, and whether bridge.kafka.bootstrap-servers is set;"
          + " nothing is lost",
      "subscribers"),
  /**
   * A subscriber that fetches its events is so far behind that they are deleted before it has them.
   */
  PULL_LATE(
      "let its program fetch, move it on, or delete it; what is older than bridge.retention.audit is"
          + " deleted, fetched or not"
          + " (console: Subscribers; HTTP: POST /bridge/subscribers/{id}/position)",
      "subscribers"),
  /** An edit of the route files that does not run. */
  ROUTES_REFUSED(
      "correct the files; what ran before goes on until then"
          + " (console: Routes; command: routes-check)",
      "routes"),
  /** The database takes nearly all of its disk. */
  DISK_FULL("shorten bridge.retention.audit, or enlarge the disk", "overview"),
  /** Two clocks differ. */
  CLOCK_SKEW("synchronise both clocks by NTP; signatures are valid for 300 s", "overview"),
  /** Odoo and the database do not belong together, or that is not known. */
  PAIRING(PairingRules.PAIR_AGAIN, "pairing"),
  /** Odoo's module is older than this bridge needs. */
  ADDON_OLD("update Odoo's module ip_event_bus", "pairing"),
  /** Odoo has not answered the heartbeat. */
  HEARTBEAT_ABSENT(
      "look at Outgoing Events and at the scheduled actions in Odoo, and at the network between"
          + " both",
      "overview"),
  /** Few partitions are left for new events, because none could be made. */
  PARTITIONS_FEW(
      "look in the log for what make-event-partitions could not do: a lock that somebody holds on"
          + " audit_event, or rights that changed; without a partition for them, events are not stored",
      "overview");

  /** From how many seconds on a difference between two clocks is one. */
  public static final int NOTICEABLE_SKEW_SECONDS = 5;

  private final String remedy;
  private final String page;

  IncidentKind(String remedy, String page) {
    this.remedy = remedy;
    this.page = page;
  }

  /** The kind in one word, as the API, the events and the metric have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What to do about it, in words. */
  public String remedy() {
    return remedy;
  }

  /** The page of Hawtio's tab that shows it, with its query. */
  String page() {
    return page;
  }

  /** The kind of this word; null if there is none. */
  static @Nullable IncidentKind of(String word) {
    for (IncidentKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return null;
  }
}
