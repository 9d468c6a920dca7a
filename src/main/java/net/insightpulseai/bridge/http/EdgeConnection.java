package net.insightpulseai.bridge.http;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, with the deadline of what the client has to do next, and the request that
 * is in progress. Used on the event loop alone.
 */
final class EdgeConnection {

  private final HttpConnection connection;
  private @Nullable EdgeRequest request;
  private @Nullable Runnable next;
  private long deadline;
  private @Nullable Runnable late;
  private boolean closing;

  EdgeConnection(HttpConnection connection) {
    this.connection = connection;
  }

  /** Calls {@code late} unless {@link #noDeadline} or another deadline comes first. */
  void within(Duration time, Runnable late) {
    this.deadline = System.nanoTime() + time.toNanos();
    this.late = late;
  }

  void noDeadline() {
    late = null;
  }

  /** Called now and then: acts if the deadline has passed. */
  void check(long nanoTime) {
    Runnable act = late;
    if (act != null && nanoTime - deadline >= 0) {
      late = null;
      act.run();
    }
  }

  /** No further request is served here. */
  void announceClose() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  void begin(EdgeRequest begun) {
    request = begun;
    noDeadline();
  }

  /** What to do when the request in progress has ended. */
  void afterwards(Runnable action) {
    next = action;
  }

  void end() {
    request = null;
    Runnable action = next;
    next = null;
    if (action != null) {
      action.run();
    }
  }

  /** The request in progress: from its headers until its answer is sent. */
  @Nullable EdgeRequest request() {
    return request;
  }

  /** Sends what has been written at once. */
  void flush() {
    context().flush();
  }

  ChannelHandlerContext context() {
    return ((ConnectionBase) connection).channelHandlerContext();
  }

  /** At once: Vert.x would wait until the client has read everything. */
  @SuppressWarnings("FutureReturnValueIgnored") // the close handler is told
  void close() {
    closing = true;
    context().close();
  }
}
