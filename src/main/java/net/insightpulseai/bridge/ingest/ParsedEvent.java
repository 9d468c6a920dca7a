package net.insightpulseai.bridge.ingest;

/** What one element of a request turned out to be: an event, or refused for what it says. */
sealed interface ParsedEvent permits Event, RejectedEvent {}
