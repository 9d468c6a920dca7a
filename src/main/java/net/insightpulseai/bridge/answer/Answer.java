package net.insightpulseai.bridge.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer, as far as it was read.
 *
 * @param status the HTTP status
 * @param headers by lower-case name; the first value of a repeated header
 * @param body the body, or its beginning if it is longer than what is kept; safe to store
 * @param cut whether the body was longer
 */
public record Answer(int status, Map<String, String> headers, String body, boolean cut) {

  /** How much of a body is read and kept; the contract's answers are a few hundred bytes. */
  public static final int KEPT_BYTES = 64 * 1024;

  /**
   * The answer with these bytes of a body, which may be longer than what is kept.
   *
   * @param headers by name in any case
   */
  public static Answer of(int status, Map<String, String> headers, byte[] bytes) {
    return of(status, headers, bytes, KEPT_BYTES);
  }

  private static Answer of(int status, Map<String, String> headers, byte[] bytes, int kept) {
    boolean cut = bytes.length > kept;
    // PostgreSQL's text cannot hold NUL; one such answer would fail the ack of a whole batch.
    String body = new String(bytes, 0, Math.min(bytes.length, kept), UTF_8).replace('\0', '\ufffd');
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new Answer(status, Map.copyOf(lower), body, cut);
  }

  /** The answer to the exchange's HTTP step, or null if none came. */
  public static @Nullable Answer of(Exchange exchange) {
    return of(exchange, KEPT_BYTES);
  }

  /**
   * The same for an answer that may be longer.
   *
   * @param kept how much of the body is kept
   */
  public static @Nullable Answer of(Exchange exchange, int kept) {
    // An operator may have configured the HTTP step to throw.
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (caught instanceof HttpOperationFailedException failed) {
      String body = failed.getResponseBody();
      byte[] bytes = body == null ? new byte[0] : body.getBytes(UTF_8);
      return of(failed.getStatusCode(), failed.getResponseHeaders(), bytes, kept);
    }
    Message message = exchange.getMessage();
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    if (status == null || caught != null) {
      return null;
    }
    byte @Nullable [] body = read(message.getBody(), message, kept);
    // Replaces a stream that can be read only once: several steps of a route may read the body.
    message.setBody(body);
    return of(status, headers(message), body == null ? new byte[0] : body, kept);
  }

  /** Without Camel's converters, which search the whole table for each kind of stream. */
  private static byte @Nullable [] read(@Nullable Object body, Message message, int kept) {
    if (body instanceof ByteArrayInputStream bytes) {
      byte[] some = new byte[Math.min(bytes.available(), kept + 1)];
      bytes.readNBytes(some, 0, some.length);
      return some;
    }
    if (body instanceof InputStream stream) {
      try {
        return stream.readNBytes(kept + 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return message.getBody(byte[].class);
  }

  private static Map<String, String> headers(Message message) {
    Map<String, String> headers = new TreeMap<>();
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              Object first = value instanceof List<?> all && !all.isEmpty() ? all.get(0) : value;
              if (first != null) {
                headers.put(name, first.toString());
              }
            });
    return headers;
  }

  /** The value of a header, whose name is given in lower case; null without one. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The header {@code Retry-After} as it came. */
  public @Nullable String retryAfter() {
    return header("retry-after");
  }
}
