package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that keeps connections, and decides about each request when its head has come. */
public final class Conversation implements AutoCloseable {

  /** Deals with one request; the connection is closed if it returns false. */
  public interface Turn {

    /**
     * @param head the request's first line and headers; its body is not read yet
     * @param nth which request of its connection it is, from 1
     */
    boolean take(String head, int nth, Socket socket) throws IOException;
  }

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  public Conversation(Turn turn) {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> accept(turn));
  }

  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** The heads of all requests so far. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  /** Reads the body that a head announces. */
  public static void readBody(String head, Socket socket) throws IOException {
    String length = head.replaceFirst("(?is).*\r\ncontent-length: (\\d+).*", "$1");
    socket.getInputStream().readNBytes(Integer.parseInt(length));
  }

  /** Writes text as it is. */
  public static void write(String text, Socket socket) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private void accept(Turn turn) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client, turn));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client, Turn turn) {
    try (client) {
      String head = head(client.getInputStream());
      for (int nth = 1; !head.isEmpty(); nth++) {
        heads.add(head);
        head = turn.take(head, nth, client) ? head(client.getInputStream()) : "";
      }
    } catch (IOException e) {
      // the client hung up
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (c == '\n' && head.indexOf("\r\n\r\n") >= 0) {
        return head.toString();
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
