package net.insightpulseai.bridge.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Stores a batch that may hold the same event twice: each key goes to the database once. */
final class EventLedger {

  private final DistinctEvents store;

  /** An event whose key another one of the batch has. */
  private record Repetition(Event event, Event first) {}

  EventLedger(DistinctEvents store) {
    this.store = store;
  }

  /**
   * Stores a batch.
   *
   * @return the result of each event, in the order of the events; an error of the database is a
   *     result, not an exception
   */
  List<EventResult> store(List<Event> events) {
    @SuppressWarnings("IdentityHashMapUsage") // two equal events are two events
    Map<Event, EventResult> results = new IdentityHashMap<>();
    for (List<Event> round = events; !round.isEmpty(); ) {
      round = storeRound(round, results);
    }
    return events.stream().map(results::get).toList();
  }

  /** Stores the first event of each key; returns the others that it does not decide. */
  private List<Event> storeRound(List<Event> events, Map<Event, EventResult> results) {
    Map<EventKey, Event> firsts = new HashMap<>();
    List<Event> distinct = new ArrayList<>();
    List<Repetition> repetitions = new ArrayList<>();
    for (Event event : events) {
      EventKey key = EventKey.of(event);
      Event first = key == null ? null : firsts.putIfAbsent(key, event);
      if (first == null) {
        distinct.add(event);
      } else {
        repetitions.add(new Repetition(event, first));
      }
    }
    store.store(distinct, results);
    List<Event> undecided = new ArrayList<>();
    for (Repetition repetition : repetitions) {
      Event event = repetition.event();
      EventResult ofFirst = results.get(repetition.first());
      if (event.hasSameBodyAs(repetition.first())) {
        results.put(event, ofFirst instanceof Stored stored ? stored.again() : ofFirst);
      } else if (ofFirst instanceof Stored) {
        results.put(event, RejectedEvent.conflict(event));
      } else if (ofFirst instanceof RejectedEvent rejected && rejected.isTemporary()) {
        results.put(event, rejected);
      } else {
        undecided.add(event);
      }
    }
    return undecided;
  }
}
