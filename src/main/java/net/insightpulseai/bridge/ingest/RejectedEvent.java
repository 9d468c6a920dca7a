package net.insightpulseai.bridge.ingest;

import net.insightpulseai.bridge.http.Refusal;

/** An event that is not stored, with the refusal for its sender. */
record RejectedEvent(Refusal refusal) implements ParsedEvent, EventResult {

  private static final int RETRY_AFTER_SECONDS = 5;

  static RejectedEvent by(SqlFault fault) {
    return fault == SqlFault.EVENT
        ? new RejectedEvent(
            new Refusal(
                400,
                "unstorable_event",
                "The database cannot store a value of this event, such as the character \\u0000, half"
                    + " of a surrogate pair or a number out of range; remove it"))
        : new RejectedEvent(
            Refusal.unavailable(
                "not_stored",
                "The event could not be stored; send it again with its event_id",
                RETRY_AFTER_SECONDS));
  }

  static RejectedEvent conflict(Event event) {
    return new RejectedEvent(
        new Refusal(
            409,
            "event_id_conflict",
            "A different event with the event_id "
                + event.eventId()
                + " is already stored; give each event its own id"));
  }

  /** The cause is in the bridge: the same event may be sent again. */
  boolean isTemporary() {
    return refusal.status() == 503;
  }
}
