package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.MessageHelper;
import org.apache.camel.support.ObjectHelper;
import org.apache.camel.support.http.HttpUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a route answers. 500 becomes 503: an internal failure may be over when the caller repeats,
 * and some senders never repeat after a 500. And returns no credentials: the headers of the last
 * message are the request's where an edited route ends before it has removed them.
 */
record RouteAnswer(int status, Map<String, List<String>> headers, Buffer body) {

  private static final Logger LOG = LoggerFactory.getLogger(RouteAnswer.class);
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "apikey", "x-api-key", "cookie");
  private static final int FAILED = 500;

  /**
   * @param pathParameters headers that were made of the path, which do not go back
   */
  static RouteAnswer of(
      Exchange exchange, HeaderFilterStrategy filter, Set<String> pathParameters) {
    Message message = exchange.getMessage();
    if (exchange.getException() != null) {
      return failed();
    }
    try {
      Map<String, List<String>> headers = headers(message, filter, pathParameters);
      int status = HttpUtil.determineResponseCode(exchange, message.getBody());
      if (status == FAILED) {
        status = 503;
        headers.put("Retry-After", List.of("1"));
      }
      return new RouteAnswer(status, headers, body(message));
    } catch (Exception e) {
      LOG.error("An answer could not be written: {}", FailureLine.of(e));
      return failed();
    }
  }

  private static RouteAnswer failed() {
    Map<String, List<String>> headers =
        Map.of("Retry-After", List.of("1"), "Content-Type", List.of("text/plain; charset=utf-8"));
    return new RouteAnswer(503, headers, Buffer.buffer());
  }

  private static Map<String, List<String>> headers(
      Message message, HeaderFilterStrategy filter, Set<String> pathParameters) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (!pathParameters.contains(name)
                  && !CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
                HttpUtil.applyHeader(
                    filter,
                    message.getExchange(),
                    ObjectHelper.createIterator(value, null, true),
                    message.getExchange().getContext().getTypeConverter(),
                    name,
                    (values, first) -> {
                      if (values != null) {
                        headers.put(name, List.copyOf(values));
                      } else if (first != null) {
                        headers.put(name, List.of(first));
                      }
                    });
              }
            });
    String type = MessageHelper.getContentType(message);
    if (type != null) {
      headers.put("Content-Type", List.of(type));
    }
    return headers;
  }

  private static Buffer body(Message message) throws Exception {
    Object body = message.getBody();
    if (body == null) {
      return Buffer.buffer();
    }
    return Buffer.buffer(
        body instanceof String text
            ? text.getBytes(UTF_8)
            : message.getMandatoryBody(byte[].class));
  }

  void sendTo(EdgeRequest request) {
    HttpServerResponse response = request.http().response();
    if (!response.ended() && !response.closed()) {
      try {
        headers.forEach(response::putHeader);
      } catch (IllegalArgumentException e) {
        LOG.error("An answer has a header that HTTP does not allow: {}", FailureLine.of(e));
        headers.keySet().forEach(response.headers()::remove);
        request.answer(503);
        return;
      }
      response.setStatusCode(status);
      request.end(body);
    }
  }
}
