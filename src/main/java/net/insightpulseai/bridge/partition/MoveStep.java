package net.insightpulseai.bridge.partition;

import java.util.Locale;

/** What is to be done next on the way of the table of events to partitions. */
enum MoveStep {
  /** The table is to promise that its ids stay below one, without a look at its rows. */
  BOUND("add a constraint: its ids stay below %,d"),
  /** The promise is to be kept by the rows that are there. */
  VALIDATE("look whether all rows are below %,d; this reads the table once"),
  /** It is to become the first partition. */
  SWAP("make it the first partition, up to id %,d, in one transaction"),
  /** The planner is to know the whole. */
  ANALYZE("take statistics of the whole"),
  /** There is nothing to do. */
  DONE("nothing");

  private final String words;

  MoveStep(String words) {
    this.words = words;
  }

  String words(long bound) {
    return String.format(Locale.ROOT, words, bound);
  }
}
