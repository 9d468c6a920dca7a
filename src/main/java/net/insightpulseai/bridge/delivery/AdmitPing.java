package net.insightpulseai.bridge.delivery;

import java.util.concurrent.Semaphore;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.springframework.stereotype.Component;

/**
 * Limits how many tests run at once. Each holds a thread of the public port for as long as the
 * subscriber takes, and must not keep callers out.
 */
@Component("admitPing")
class AdmitPing implements Processor {

  private static final int AT_ONCE = 4;
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Semaphore permits = new Semaphore(AT_ONCE);

  @Override
  public void process(Exchange exchange) {
    if (!permits.tryAcquire()) {
      throw Refusal.unavailable(
          "tests_running", "Other subscribers are being tested; try again", RETRY_AFTER_SECONDS);
    }
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                permits.release();
              }
            });
  }
}
