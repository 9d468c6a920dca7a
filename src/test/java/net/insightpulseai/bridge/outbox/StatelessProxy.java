package net.insightpulseai.bridge.outbox;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Stands between a client and PostgreSQL and writes down whatever a transaction pooler would not
 * carry: named statements, LISTEN, and anything else that outlives a transaction.
 */
final class StatelessProxy implements AutoCloseable {

  private static final Pattern SESSION_STATE =
      Pattern.compile(
          "^\\s*(listen|unlisten|prepare|discard|load|set\\s+(?!local\\b|transaction\\b))"
              + "|pg_(try_)?advisory_lock|create\\s+temp",
          Pattern.CASE_INSENSITIVE);

  private static final int NO_TYPE = -1;
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private final ServerSocket server;
  private final int databasePort;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> violations = new CopyOnWriteArrayList<>();

  StatelessProxy(int databasePort) {
    this.databasePort = databasePort;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What a pooler would have broken, so far. */
  List<String> violations() {
    return violations;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
        threads.execute(() -> copyBack(database, client));
        threads.execute(() -> inspect(client, database));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void copyBack(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side hung up: both are closed.
    }
  }

  /** The client's messages: those before and of the start-up have no type byte, the others have. */
  private void inspect(Socket client, Socket database) {
    try (client;
        database) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = database.getOutputStream();
      int first;
      do {
        first = forward(in, out, NO_TYPE);
      } while (first == SSL_REQUEST || first == GSS_REQUEST);
      while (true) {
        forward(in, out, in.readUnsignedByte());
      }
    } catch (EOFException e) {
      // The client is done.
    } catch (IOException e) {
      // One side hung up: both are closed.
    }
  }

  /** Passes one message on; says what its first four bytes are. */
  private int forward(DataInputStream in, OutputStream out, int type) throws IOException {
    int length = in.readInt();
    byte[] body = in.readNBytes(length - 4);
    if (type == 'P' && body[0] != 0) {
      violations.add("a named statement");
    }
    if (type == 'P' || type == 'Q') {
      String sql = new String(body, StandardCharsets.UTF_8).replace("\0", " ");
      if (SESSION_STATE.matcher(sql).find()) {
        violations.add(sql.toLowerCase(Locale.ROOT));
      }
    }
    if (type >= 0) {
      out.write(type);
    }
    out.write(
        new byte[] {
          (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
        });
    out.write(body);
    out.flush();
    return body.length < 4 ? 0 : ByteBuffer.wrap(body).getInt();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
