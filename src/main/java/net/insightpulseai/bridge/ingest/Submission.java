package net.insightpulseai.bridge.ingest;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The events of one request on their way to a writer, and the promise of their results. */
record Submission(List<Event> events, CompletableFuture<List<EventResult>> results) {

  Submission(List<Event> events) {
    this(events, new CompletableFuture<>());
  }

  /** Whether its caller has stopped waiting. */
  boolean isAbandoned() {
    return results.isDone();
  }
}
