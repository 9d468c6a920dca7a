package net.insightpulseai.bridge.outbox;

/**
 * A session of the database that holds a lock which a queue waits for.
 *
 * @param pid its process, as for {@code pg_terminate_backend}
 * @param application what its client calls itself; may be empty
 */
public record Blocker(int pid, String application) {}
