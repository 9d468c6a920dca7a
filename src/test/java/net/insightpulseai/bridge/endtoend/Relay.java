package net.insightpulseai.bridge.endtoend;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Stands between two sides and takes one of them away from the other: {@link #cut} refuses
 * connections, {@link #blackHole} takes requests and never answers, {@link #answers} decides of
 * each answer whether it arrives. One connection carries one request, which is passed on as it came
 * but for {@code Host} and {@code Connection}.
 */
final class Relay implements AutoCloseable {

  private static final int CONNECT_TIMEOUT_MS = 5_000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final List<RelayedRequest> requests = new CopyOnWriteArrayList<>();
  private final InetSocketAddress address;
  private volatile ServerSocket server;
  private volatile URI target;
  private volatile boolean blackHole;
  private volatile Predicate<RelayedRequest> answers = request -> true;

  /**
   * @param bind where it listens
   * @param port 0 for any
   */
  Relay(InetAddress bind, int port) {
    server = listen(new InetSocketAddress(bind, port));
    address = new InetSocketAddress(bind, server.getLocalPort());
  }

  int port() {
    return address.getPort();
  }

  /** Where requests go from now on; its path is ignored. */
  void target(URI target) {
    this.target = target;
  }

  /** Every request so far that had a target to go to or fell into the black hole. */
  List<RelayedRequest> requests() {
    return List.copyOf(requests);
  }

  /** The requests of one path. */
  List<RelayedRequest> requests(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).toList();
  }

  /** The other side is down: new connections are refused, those that stand are broken. */
  synchronized void cut() {
    closeQuietly(server);
    open.forEach(Relay::closeQuietly);
  }

  /** The other side is there, but never answers, and never hears of it. */
  void blackHole() {
    blackHole = true;
  }

  /**
   * What happens when the other side has answered.
   *
   * @param arrives is asked with each answered request, before the answer is passed on; false
   *     breaks the connection instead: the request had its effect, and the sender does not know
   */
  void answers(Predicate<RelayedRequest> arrives) {
    answers = arrives;
  }

  /** Everything passes again; what hung in the black hole is broken. */
  synchronized void restore() {
    answers = request -> true;
    if (blackHole) {
      blackHole = false;
      open.forEach(Relay::closeQuietly);
    }
    if (server.isClosed()) {
      server = listen(address);
    }
  }

  void forget() {
    requests.clear();
  }

  private ServerSocket listen(InetSocketAddress at) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(at, 100);
      threads.execute(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen at " + at, e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        if (socket.isClosed()) {
          closeQuietly(client);
        }
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // cut
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      RelayedRequest request = RelayedRequest.read(client.getInputStream());
      requests.add(request);
      if (blackHole) {
        // Ends when either side is closed.
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
        return;
      }
      byte[] answer = pass(request);
      if (answers.test(request)) {
        client.getOutputStream().write(answer);
      }
    } catch (IOException e) {
      // One side hung up, or the relay was cut: both are closed.
    } finally {
      open.remove(client);
    }
  }

  /** The other side's whole answer: it closes the connection, as the request asks it to. */
  private byte[] pass(RelayedRequest request) throws IOException {
    try (Socket other = connect(target)) {
      open.add(other);
      try {
        other.getOutputStream().write(request.to(target));
        return other.getInputStream().readAllBytes();
      } finally {
        open.remove(other);
      }
    }
  }

  private static Socket connect(URI target) throws IOException {
    boolean tls = target.getScheme().equals("https");
    int port = target.getPort() >= 0 ? target.getPort() : tls ? 443 : 80;
    Socket plain = new Socket();
    plain.connect(new InetSocketAddress(target.getHost(), port), CONNECT_TIMEOUT_MS);
    if (!tls) {
      return plain;
    }
    SSLSocket secure =
        (SSLSocket)
            ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, target.getHost(), port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    return secure;
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() {
    cut();
    threads.shutdownNow();
  }
}
