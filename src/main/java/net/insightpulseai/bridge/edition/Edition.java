package net.insightpulseai.bridge.edition;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** One state of all routes. It lasts until the last exchange that began in it has ended. */
public final class Edition extends SynchronizationAdapter {

  private static final String PROPERTY = "routesEdition";

  private final long number;
  private final AtomicLong running = new AtomicLong();

  Edition(long number) {
    this.number = number;
  }

  /** From 1; a later edition has a higher number. */
  public long number() {
    return number;
  }

  boolean idle() {
    return running.get() == 0;
  }

  /** The exchange runs in this edition from now on, until it ends. */
  void begin(Exchange exchange) {
    running.incrementAndGet();
    exchange.setProperty(PROPERTY, this);
    exchange.getExchangeExtension().addOnCompletion(this);
  }

  /** Whether the exchange, or the one it was copied from, runs in an edition. */
  static boolean has(Exchange exchange) {
    return exchange.getProperty(PROPERTY) != null;
  }

  /**
   * The number of the edition that an exchange runs in.
   *
   * @param otherwise if it has not begun
   */
  static long of(Exchange exchange, long otherwise) {
    return exchange.getProperty(PROPERTY) instanceof Edition edition ? edition.number : otherwise;
  }

  @Override
  public void onDone(Exchange exchange) {
    running.decrementAndGet();
  }

  /** A copy that outlives its exchange is not waited for: nothing in these routes makes any. */
  @Override
  public boolean allowHandover() {
    return false;
  }
}
