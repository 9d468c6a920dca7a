package net.insightpulseai.bridge.answer;

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
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Ends every call after a deadline and reads no more of an answer than is kept.
 *
 * <p>A socket's timeout starts again with each byte, so an answer that trickles in could hold a
 * slot forever and outlive its row's lease, and an answer of a gigabyte would be read to its end.
 *
 * @param deadline for the whole call, from connecting to the answer's last byte
 * @param bytes how much of a body is read; the connection of a longer one is closed
 */
public record BoundedAnswer(Duration deadline, int bytes, ScheduledExecutorService timer)
    implements ExecChainHandler {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> end =
        timer.schedule(
            () -> {
              late.set(true);
              if (scope.originalRequest instanceof CancellableDependency call) {
                call.cancel();
              }
            },
            deadline.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      keepBeginning(response, scope);
      return response;
    } catch (IOException | HttpException | RuntimeException e) {
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

  private void keepBeginning(ClassicHttpResponse response, ExecChain.Scope scope)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return;
    }
    InputStream content = entity.getContent();
    byte[] beginning = content.readNBytes(bytes);
    if (beginning.length < bytes) {
      content.close();
    } else {
      // Closing the stream would read the rest first; this closes the connection.
      scope.execRuntime.discardEndpoint();
    }
    response.setEntity(
        new ByteArrayEntity(
            beginning,
            ContentType.parseLenient(entity.getContentType()),
            entity.getContentEncoding()));
  }
}
