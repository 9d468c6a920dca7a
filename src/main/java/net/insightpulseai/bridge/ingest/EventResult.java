package net.insightpulseai.bridge.ingest;

/** The result of storing one event. */
sealed interface EventResult permits Stored, RejectedEvent {}
