package net.insightpulseai.bridge.ingest;

/** What became of one event. */
sealed interface EventResult permits Stored, RejectedEvent {}
