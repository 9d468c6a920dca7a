package net.insightpulseai.bridge.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections to a database on, up to a number, and then lets it fail. */
public final class DatabaseRelay implements AutoCloseable {

  /** What happens once there have been so many connections. */
  public enum Then {
    /** The server is gone: all connections break, and no new one is made. */
    GONE,
    /** New connections are made, and nothing ever answers on them. */
    SILENT
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server;
  private final URI database;

  public DatabaseRelay(String databaseUrl, int passed, Then then) {
    database = URI.create(databaseUrl);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> accept(passed, then));
  }

  public String url() {
    return database
        .toString()
        .replace(":" + database.getPort() + "/", ":" + server.getLocalPort() + "/");
  }

  /** How many connections there have been. */
  int connections() {
    return connections.get();
  }

  private void accept(int passed, Then then) {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        if (connections.incrementAndGet() <= passed) {
          Socket onward = new Socket(InetAddress.getLoopbackAddress(), database.getPort());
          open.add(onward);
          threads.execute(() -> pass(client, onward));
          threads.execute(() -> pass(onward, client));
        } else if (then == Then.GONE) {
          close();
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of the two ended
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdown();
  }
}
