package net.insightpulseai.bridge.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What became of the requests of one phase. Only its own event loop changes it; it is read when the
 * phase has ended.
 */
final class Load {

  private final Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(2), 3);
  private long taken;
  private long refused;
  private String firstRefusal = "";
  private double seconds;

  void answered(int status, long tookNanos) {
    if (status == 200) {
      taken++;
      nanos.recordValue(Math.min(tookNanos, nanos.getHighestTrackableValue()));
    } else {
      refused("status " + status);
    }
  }

  void refused(String why) {
    refused++;
    if (firstRefusal.isEmpty()) {
      firstRefusal = why;
    }
  }

  /** Whether there is no sense in going on. */
  boolean isRefused() {
    return refused > 0;
  }

  void ended(double afterSeconds) {
    seconds = afterSeconds;
  }

  /** Events that were answered 200. */
  long taken() {
    return taken;
  }

  double rate() {
    return taken / seconds;
  }

  double milliseconds(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }

  /** Fails if a request was not taken: the figures would not be those of a healthy bridge. */
  Load requireAllTaken() {
    if (refused > 0 || taken == 0) {
      throw new BenchFailure(
          "%d of %d events were refused, the first with: %s; target/bench/bridge.log may say why"
              .formatted(refused, refused + taken, firstRefusal.isEmpty() ? "none" : firstRefusal));
    }
    return this;
  }
}
