package net.insightpulseai.bridge.answer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.util.Arrays;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server that may answer before it has read the whole request, as many do with
 * 413 and then close: that answer is read although the rest could not be sent. It also takes a
 * length that is sent twice and is the same.
 */
final class TolerantConnection implements HttpClientConnection {

  private final HttpClientConnection connection;
  private final boolean anyFraming;
  private @Nullable IOException notSent;

  TolerantConnection(HttpClientConnection connection, boolean anyFraming) {
    this.connection = connection;
    this.anyFraming = anyFraming;
  }

  @Override
  public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
    try {
      connection.sendRequestEntity(request);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      notSent = e;
    }
  }

  @Override
  public void flush() throws IOException {
    if (notSent == null) {
      try {
        connection.flush();
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        notSent = e;
      }
    }
  }

  @Override
  public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
    ClassicHttpResponse answer;
    try {
      answer = connection.receiveResponseHeader();
    } catch (IOException e) {
      throw notSent != null ? notSent : e;
    }
    if (notSent != null) {
      answer.setHeader(HttpHeaders.CONNECTION, "close");
    }
    Header[] lengths = answer.getHeaders(HttpHeaders.CONTENT_LENGTH);
    if (lengths.length > 1
        && Arrays.stream(lengths).map(Header::getValue).distinct().count() == 1) {
      answer.removeHeaders(HttpHeaders.CONTENT_LENGTH);
      answer.addHeader(lengths[0]);
    }
    return answer;
  }

  @Override
  public void receiveResponseEntity(ClassicHttpResponse answer) throws HttpException, IOException {
    try {
      connection.receiveResponseEntity(answer);
    } catch (HttpException e) {
      if (!anyFraming) {
        throw e;
      }
      // Whatever comes until the connection closes is the body.
      answer.removeHeaders(HttpHeaders.CONTENT_LENGTH);
      answer.removeHeaders(HttpHeaders.TRANSFER_ENCODING);
      answer.setHeader(HttpHeaders.CONNECTION, "close");
      connection.receiveResponseEntity(answer);
    }
  }

  @Override
  public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
    connection.sendRequestHeader(request);
  }

  @Override
  public void terminateRequest(ClassicHttpRequest request) throws HttpException, IOException {
    connection.terminateRequest(request);
  }

  @Override
  public boolean isConsistent() {
    return notSent == null && connection.isConsistent();
  }

  @Override
  public boolean isDataAvailable(Timeout timeout) throws IOException {
    return connection.isDataAvailable(timeout);
  }

  @Override
  public boolean isStale() throws IOException {
    return connection.isStale();
  }

  @Override
  public boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  @Override
  public void close(CloseMode mode) {
    connection.close(mode);
  }

  @Override
  public EndpointDetails getEndpointDetails() {
    return connection.getEndpointDetails();
  }

  @Override
  public SocketAddress getLocalAddress() {
    return connection.getLocalAddress();
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return connection.getRemoteAddress();
  }

  @Override
  public ProtocolVersion getProtocolVersion() {
    return connection.getProtocolVersion();
  }

  @Override
  public SSLSession getSSLSession() {
    return connection.getSSLSession();
  }

  @Override
  public Timeout getSocketTimeout() {
    return connection.getSocketTimeout();
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {
    connection.setSocketTimeout(timeout);
  }
}
