package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
  private volatile String lastRequest = "";

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

  /** The beginning of the latest request as it came; empty before the first. */
  public String lastRequest() {
    return lastRequest;
  }

  /** How many connections this side has closed. */
  public int ended() {
    return ended.get();
  }

  /** How many bytes of answers went out. */
  public long written() {
    return written.get();
  }

  /** Writes a gigabyte. */
  public static void flood(OutputStream out) throws IOException {
    byte[] much = new byte[64 * 1024];
    for (int i = 0; i < 16_000; i++) {
      out.write(much);
    }
  }

  /** One byte at a time, often enough that no time-out between two reads ever ends it. */
  public static void trickle(OutputStream out, ScheduledExecutorService timer)
      throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    timer.scheduleAtFixedRate(
        () -> {
          try {
            out.write(' ');
          } catch (IOException e) {
            closed.countDown();
          }
        },
        0,
        50,
        TimeUnit.MILLISECONDS);
    closed.await();
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
      // The client sends its request in one go, or at least its first line.
      byte[] beginning = new byte[8192];
      int read = in.read(beginning);
      if (read > 0) {
        lastRequest = new String(beginning, 0, read, ISO_8859_1);
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
