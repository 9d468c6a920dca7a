package net.insightpulseai.bridge.http;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request's place in a {@link Budget}, given back exactly once. As a listener of an
 * asynchronous request it is given back when the container is done with it, however that ended: the
 * container calls {@code onComplete} after a timeout and after an error too.
 */
final class Place implements AsyncListener {

  private final AtomicBoolean taken = new AtomicBoolean(true);
  private final Runnable release;

  Place(Runnable release) {
    this.release = release;
  }

  void giveBack() {
    if (taken.getAndSet(false)) {
      release.run();
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    giveBack();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // onComplete follows
  }

  @Override
  public void onError(AsyncEvent event) {
    // onComplete follows
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // A second asynchronous phase forgets the listeners of the first.
    event.getAsyncContext().addListener(this);
  }
}
