package net.insightpulseai.bridge.ingest;

/** One element of a request: a valid event, or a rejected one. */
sealed interface ParsedEvent permits Event, RejectedEvent {}
