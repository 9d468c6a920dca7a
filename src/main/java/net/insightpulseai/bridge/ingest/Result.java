package net.insightpulseai.bridge.ingest;

/** What became of one event. */
sealed interface Result permits Stored, Refused {}
