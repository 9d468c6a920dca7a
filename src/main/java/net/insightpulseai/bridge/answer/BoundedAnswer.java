package net.insightpulseai.bridge.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Ends every call after a deadline and reads no more of an answer than is kept.
 *
 * <p>Where the status alone is the answer, as for a webhook, the body is no more than an excerpt
 * for people: what can be read of it in a short time. A body that breaks off, never ends or is not
 * what its headers say changes nothing then.
 *
 * <p>A socket's timeout starts again with each byte, so an answer that trickles in could hold a
 * slot forever and outlive its row's lease, and an answer of a gigabyte would be read to its end.
 *
 * @param deadline for the whole call, from connecting to the answer's last byte
 * @param bytes how much of a body is read; the connection of a longer one is closed
 * @param excerpt how long to read a body where the status is the answer; null: the body is needed
 */
public record BoundedAnswer(
    Duration deadline, int bytes, @Nullable Duration excerpt, ScheduledExecutorService timer)
    implements ExecChainHandler {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> end = endAfter(deadline, scope, () -> late.set(true));
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      if (excerpt == null) {
        keepBeginning(response, scope);
      } else {
        keepExcerpt(response, scope, excerpt);
      }
      return response;
    } catch (IOException | HttpException | RuntimeException e) {
      // Nobody else releases it after an answer that cannot be unpacked (CVE-2026-64607).
      scope.execRuntime.discardEndpoint();
      // A client that is cancelled may also throw that its connection is in a wrong state.
      if (late.get()) {
        SocketTimeoutException timeout =
            new SocketTimeoutException("no complete answer within " + deadline.toSeconds() + " s");
        timeout.initCause(e);
        throw timeout;
      }
      throw e;
    } finally {
      end.cancel(false);
    }
  }

  private ScheduledFuture<?> endAfter(Duration time, ExecChain.Scope scope, Runnable before) {
    return timer.schedule(
        () -> {
          before.run();
          if (scope.originalRequest instanceof CancellableDependency call) {
            call.cancel();
          }
        },
        time.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void keepBeginning(ClassicHttpResponse response, ExecChain.Scope scope)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return;
    }
    InputStream content = entity.getContent();
    int most = mostBytes(entity);
    byte[] beginning = content.readNBytes(most);
    if (beginning.length < most) {
      content.close();
    } else {
      // Closing the stream would read the rest first; this closes the connection.
      scope.execRuntime.discardEndpoint();
    }
    keep(beginning, entity, entity.getContentEncoding(), response);
  }

  /** No more than it has, because a buffer of the limit costs more than a small answer. */
  private int mostBytes(HttpEntity entity) {
    long length = entity.getContentLength();
    // One byte more: only the end of the stream frees the connection.
    return length < 0 || length >= bytes ? bytes : (int) length + 1;
  }

  private void keepExcerpt(ClassicHttpResponse response, ExecChain.Scope scope, Duration patience) {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return;
    }
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    ScheduledFuture<?> enough = endAfter(patience, scope, () -> {});
    boolean complete = false;
    try {
      InputStream content = entity.getContent();
      byte[] some = new byte[2048];
      int count = 0;
      while (count >= 0 && read.size() < bytes) {
        read.write(some, 0, count);
        count = content.read(some, 0, Math.min(some.length, bytes - read.size()));
      }
      complete = count < 0;
      if (complete) {
        content.close();
      }
    } catch (IOException | RuntimeException e) {
      // The status has come, and it is the answer.
      complete = false;
    } finally {
      enough.cancel(false);
      if (!complete) {
        scope.execRuntime.discardEndpoint();
      }
    }
    // It would have to be unpacked, and nothing asked for it.
    boolean encoded = response.containsHeader(HttpHeaders.CONTENT_ENCODING);
    response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
    keep(encoded ? new byte[0] : read.toByteArray(), entity, null, response);
  }

  private static void keep(
      byte[] body, HttpEntity entity, @Nullable String encoding, ClassicHttpResponse response) {
    ContentType type = ContentType.parseLenient(entity.getContentType());
    response.setEntity(new ByteArrayEntity(body, type, encoding));
  }
}
