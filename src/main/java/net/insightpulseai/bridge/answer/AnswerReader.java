package net.insightpulseai.bridge.answer;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request and reads the head of its answer. A connection that had been used before and
 * brings back no byte is a {@link StaleConnection}.
 */
final class AnswerReader extends HttpRequestExecutor {

  private final boolean anyFraming;

  /**
   * @param anyFraming whether an answer counts whose headers do not say how long its body is, or
   *     say it wrongly
   */
  AnswerReader(boolean anyFraming) {
    this.anyFraming = anyFraming;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      @Nullable HttpResponseInformationCallback information,
      HttpContext context)
      throws IOException, HttpException {
    EndpointDetails counts = connection.getEndpointDetails();
    boolean kept = counts != null && counts.getRequestCount() > 0;
    long received = kept ? counts.getReceivedBytesCount() : 0;
    try {
      return super.execute(
          request, new TolerantConnection(connection, anyFraming), information, context);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      if (kept && counts.getReceivedBytesCount() == received) {
        throw new StaleConnection(e);
      }
      throw e;
    }
  }
}
