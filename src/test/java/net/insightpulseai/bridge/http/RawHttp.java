package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;

/** Sends bytes that no HTTP library would. */
final class RawHttp implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 15_000;

  private final Socket socket;

  RawHttp(String url) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text as latin-1, with CRLF for each line's end. */
  RawHttp send(String text) {
    try {
      socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole answer; the request must have asked to close the connection. */
  String answer() {
    try {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first line of the answer, also when the server goes on to wait for the body. */
  String status() {
    StringBuilder line = new StringBuilder();
    try {
      for (int c = socket.getInputStream().read(); c != '\r' && c >= 0; ) {
        line.append((char) c);
        c = socket.getInputStream().read();
      }
      return line.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the text as it is. */
  RawHttp sendBytes(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first line of the answer after one without a body, whose first line has been read. */
  String nextStatus() {
    try {
      for (String read = ""; !read.endsWith("\n\r\n"); ) {
        read += (char) socket.getInputStream().read();
      }
      return status();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that nothing more will be sent. */
  RawHttp finish() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server has closed the connection without a word. */
  boolean isTurnedAway() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
