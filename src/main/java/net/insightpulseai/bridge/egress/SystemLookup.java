package net.insightpulseai.bridge.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The machine's own resolver, with a time-out: a look-up that hangs would outlast the lease of its
 * row, and cannot be interrupted.
 */
@Component
class SystemLookup implements NameLookup, DisposableBean {

  static final Duration LONGEST = Duration.ofSeconds(5);

  // Enough for all rows in flight and for look-ups that hang.
  private static final int MOST_AT_ONCE = 256;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), SystemLookup::daemon);

  @Override
  public List<InetAddress> find(String host) throws UnknownHostException {
    try {
      Future<List<InetAddress>> found =
          threads.submit(() -> List.of(InetAddress.getAllByName(host)));
      return found.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unknown(host + " has no address", e);
    } catch (TimeoutException e) {
      throw unknown(host + " was not found within " + LONGEST.toSeconds() + " s", e);
    } catch (RejectedExecutionException e) {
      throw unknown(host + " was not looked up: too many look-ups are in progress", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host + " was not looked up: the bridge is stopping", e);
    }
  }

  @Override
  public void destroy() {
    threads.shutdownNow();
  }

  private static UnknownHostException unknown(String message, Exception cause) {
    UnknownHostException unknown = new UnknownHostException(message);
    unknown.initCause(cause);
    return unknown;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "name-lookup");
    thread.setDaemon(true);
    return thread;
  }
}
