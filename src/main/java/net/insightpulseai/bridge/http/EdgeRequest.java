package net.insightpulseai.bridge.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A request on the public port, from its headers until its answer is sent. What is known of the
 * request may be read anywhere; the rest is for the event loop.
 */
final class EdgeRequest {

  private static final String PROPERTY = "edgeRequest";
  private static final byte[] NONE = {};
  private static final int UNKNOWN = -1;

  private final HttpServerRequest request;
  private final EdgeConnection connection;
  private final AnswerSender answers;
  private final ClientRequest client;
  private final RequestFacts facts;
  private byte[] body = NONE;
  private boolean bodyRead;
  private boolean answered;
  private Runnable onClose = () -> {};

  EdgeRequest(
      HttpServerRequest request, String path, EdgeConnection connection, AnswerSender answers) {
    this.request = request;
    this.connection = connection;
    this.answers = answers;
    this.client = new ClientRequest(path, request.query(), request.headers());
    this.facts =
        new RequestFacts(
            path,
            request.getHeader(HttpHeaders.ACCEPT),
            request.remoteAddress().hostAddress(),
            announced(request));
    this.bodyRead = facts.size() == 0;
  }

  /**
   * The request that started the exchange.
   *
   * @throws IllegalStateException if it was not an HTTP request
   */
  static EdgeRequest of(Exchange exchange) {
    EdgeRequest request = find(exchange);
    if (request != null) {
      return request;
    }
    throw new IllegalStateException(
        "route " + exchange.getFromRouteId() + " does not start with platform-http");
  }

  /** The request that started the exchange; null if it was not an HTTP request. */
  static @Nullable EdgeRequest find(Exchange exchange) {
    return exchange.getProperty(PROPERTY) instanceof EdgeRequest request ? request : null;
  }

  /** The routes drop all headers early, and a loop or a call puts another message in its place. */
  void starts(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  ClientRequest client() {
    return client;
  }

  RequestFacts facts() {
    return facts;
  }

  /** The raw body; empty if it was not read. */
  byte[] body() {
    return body;
  }

  EdgeConnection connection() {
    return connection;
  }

  HttpServerRequest http() {
    return request;
  }

  /** The whole body is there. */
  void keepBody(byte[] read) {
    body = read;
    bodyRead = true;
  }

  boolean isBodyRead() {
    return bodyRead;
  }

  boolean isAnswered() {
    return answered;
  }

  /** What else has to be done if the client leaves. */
  void onClose(Runnable action) {
    onClose = action;
  }

  void clientLeft() {
    onClose.run();
  }

  /** Answers a refusal, and says so where refusals are listed. */
  void refuse(@Nullable String route, Refusal refusal) {
    answers.record(facts, bodyRead && body.length > 0 ? body : null, route, refusal);
    answer(refusal);
  }

  /** Answers a refusal that is nobody's fault. */
  void answer(Refusal refusal) {
    answer(ErrorAnswer.to(facts.path(), facts.accept(), refusal));
  }

  void answer(int status) {
    answer(ErrorAnswer.to(facts.path(), facts.accept(), status));
  }

  private void answer(ErrorAnswer error) {
    if (!answered) {
      HttpServerResponse response = request.response().setStatusCode(error.status());
      response.putHeader(HttpHeaders.CONTENT_TYPE, error.contentType());
      error.headers().forEach(response::putHeader);
      end(Buffer.buffer(error.body()));
    }
  }

  /** Sends what the response has been given, and this body. */
  void end(Buffer content) {
    if (!answered) {
      answered = true;
      answers.send(this, content);
    }
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      try {
        return Long.parseLong(length);
      } catch (NumberFormatException e) {
        return UNKNOWN; // of a request that is refused for it
      }
    }
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) ? UNKNOWN : 0;
  }
}
