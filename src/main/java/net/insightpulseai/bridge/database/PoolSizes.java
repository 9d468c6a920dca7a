package net.insightpulseai.bridge.database;

/**
 * How the connections are shared out by purpose. None can take those of another: look-ups that take
 * seconds, or pushes behind a lock, hold up neither ingest nor the queues.
 *
 * @param ingest one for each thread that commits events, as long as the others keep one
 * @param engine for the queues: claims, outcomes, leases
 * @param requests for look-ups, pushes and operators' changes over HTTP, and for retention and
 *     replays
 * @param admin for metrics, pairing, the look-up of subscribers, and Hawtio
 */
record PoolSizes(int ingest, int engine, int requests, int admin) {

  /** One for each purpose. */
  static final int LEAST = 4;

  private static final int MOST_FOR_THE_ENGINE = 8;

  /**
   * @param all how many connections there are, at least {@link #LEAST}
   * @param writers how many threads commit events
   */
  static PoolSizes of(int all, int writers) {
    int ingest = Math.min(writers, all - LEAST + 1);
    int rest = all - ingest;
    int admin = rest < 6 ? 1 : 2;
    int engine = Math.min(MOST_FOR_THE_ENGINE, (rest - admin) / 2);
    return new PoolSizes(ingest, engine, rest - admin - engine, admin);
  }
}
