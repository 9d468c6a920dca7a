package net.insightpulseai.bridge.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A limit on requests in progress and on the bytes of their bodies. Nothing waits for it: a request
 * over the limit is refused. Bytes count when they arrive, not when they are announced; otherwise a
 * caller could use up the limit with announcements alone. A request counts when its body is there;
 * otherwise slow senders could use it up. When memory is short, the body that has been arriving
 * longest gives way, if it has had its second.
 */
final class AdmissionLimit {

  private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

  private final int requests;
  private final long bytes;
  private final LongSupplier nanoTime;
  private final Set<Permit> arriving = new LinkedHashSet<>();
  private int requestsTaken;
  private long bytesTaken;

  AdmissionLimit(int requests, long bytes) {
    this(requests, bytes, System::nanoTime);
  }

  AdmissionLimit(int requests, long bytes, LongSupplier nanoTime) {
    this.requests = requests;
    this.bytes = bytes;
    this.nanoTime = nanoTime;
  }

  /** A permit for a request whose body is about to arrive. */
  synchronized Permit arrive(Runnable giveWay) {
    Permit permit = new Permit(this, giveWay, nanoTime.getAsLong());
    arriving.add(permit);
    return permit;
  }

  /** Counts bytes that have arrived; false if they exceed the limit. */
  boolean acquireBytes(Permit permit, long count) {
    for (Permit slow = take(permit, count); slow != null; slow = take(permit, count)) {
      if (slow == permit) {
        return false;
      }
      slow.giveWay();
    }
    return true;
  }

  /** Null if there was room, the permit itself if there is none, else who has to give way. */
  private synchronized @Nullable Permit take(Permit permit, long count) {
    if (bytesTaken + count <= bytes) {
      bytesTaken += count;
      return null;
    }
    Iterator<Permit> oldest = arriving.iterator();
    while (oldest.hasNext()) {
      Permit slow = oldest.next();
      if (nanoTime.getAsLong() - slow.begun() < GRACE_NANOS) {
        return permit;
      }
      if (slow != permit && slow.bytes() > 0) {
        oldest.remove();
        return slow;
      }
    }
    return permit;
  }

  /** Counts a request whose body is there; false if they exceed the limit. */
  synchronized boolean acquireRequest(Permit permit) {
    arriving.remove(permit);
    if (requestsTaken == requests) {
      return false;
    }
    requestsTaken++;
    return true;
  }

  synchronized void release(Permit permit, boolean request, long bytesHeld) {
    arriving.remove(permit);
    bytesTaken -= bytesHeld;
    if (request) {
      requestsTaken--;
    }
  }

  int requests() {
    return requests;
  }

  synchronized boolean full() {
    return requestsTaken == requests;
  }

  /** Whether no request holds anything. */
  synchronized boolean unused() {
    return requestsTaken == 0 && bytesTaken == 0;
  }
}
