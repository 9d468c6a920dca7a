package net.insightpulseai.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A server that answers with whatever bytes a test writes, right or wrong as HTTP. */
public final class RawServer implements AutoCloseable {

  /** Writes the answer of one request; the connection is closed when it returns. */
  public interface Script {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicLong written = new AtomicLong();

  public RawServer(Script script) {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> accept(script));
  }

  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  public int requests() {
    return requests.get();
  }

  /** How many connections this side has closed. */
  public int ended() {
    return ended.get();
  }

  /** How many bytes of answers went out. */
  public long written() {
    return written.get();
  }

  private void accept(Script script) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client, script));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client, Script script) {
    try (client) {
      InputStream in = client.getInputStream();
      // The client sends its request in one go; what it says does not matter here.
      if (in.read(new byte[8192]) > 0) {
        requests.incrementAndGet();
        script.answer(new Counted(client.getOutputStream()));
      }
    } catch (IOException e) {
      // the client hung up, which is what most of these tests want
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended.incrementAndGet();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }

  private final class Counted extends OutputStream {
    private final OutputStream out;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      written.incrementAndGet();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      written.addAndGet(length);
    }
  }
}
