package net.insightpulseai.bridge.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a refused request: the gateway's JSON where Supabase's gateway would have answered,
 * and the bridge's own everywhere else. At an edge function's address, a caller that accepts text
 * gets the message alone, as in the original contract.
 *
 * @param headers besides the content type
 */
record ErrorAnswer(int status, String contentType, Map<String, String> headers, String body) {

  private static final String FUNCTIONS = "/functions/v1/";
  private static final String TEXT = "text/plain;charset=UTF-8";
  private static final String JSON = "application/json";
  private static final Pattern ANY_JSON = Pattern.compile("\\*/\\*|application/(\\*|json)");

  /**
   * @param path the path of the request
   * @param accept its header {@code Accept}
   */
  static ErrorAnswer to(String path, @Nullable String accept, Refusal refusal) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (refusal.retryAfterSeconds() > 0) {
      headers.put("Retry-After", Integer.toString(refusal.retryAfterSeconds()));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (refusal instanceof GatewayRefusal) {
      headers.put("sb-error-code", refusal.code());
      json.put("code", refusal.code());
      json.put("message", refusal.getMessage());
      json.put("msg", refusal.getMessage());
    } else if (path.startsWith(FUNCTIONS) && wantsText(accept)) {
      return new ErrorAnswer(refusal.status(), TEXT, headers, refusal.getMessage());
    } else {
      json.put("ok", false);
      json.put("code", refusal.code());
      json.put("message", refusal.getMessage());
    }
    return new ErrorAnswer(refusal.status(), JSON, headers, json.toString());
  }

  /** The answer to what reaches no route. Never 500: repeating may help. */
  static ErrorAnswer to(String path, @Nullable String accept, int status) {
    Refusal refusal =
        switch (status) {
          case 404 ->
              path.startsWith(FUNCTIONS)
                  ? new GatewayRefusal(404, "NOT_FOUND", "Requested function was not found")
                  : new Refusal(404, "not_found", "There is nothing at this address");
          case 405 -> new Refusal(405, "method_not_allowed", "Method Not Allowed");
          default ->
              isCallerError(status)
                  ? new Refusal(status, "bad_request", whatIsWrong(status))
                  : Refusal.unavailable("unavailable", "Service Unavailable", 1);
        };
    return to(path, accept, refusal);
  }

  private static String whatIsWrong(int status) {
    return switch (status) {
      case 414 -> "The address is longer than 8 KB";
      case 417 -> "The header Expect can only be 100-continue";
      case 431 -> "The headers are longer than 8 KB";
      case 505 -> "The version of HTTP is not known; expected HTTP/1.1";
      default -> "The request is malformed";
    };
  }

  private static boolean wantsText(@Nullable String accept) {
    return accept != null && accept.contains("text/plain") && !ANY_JSON.matcher(accept).find();
  }

  private static boolean isCallerError(int status) {
    return (status >= 400 && status < 500) || status == 501 || status == 505;
  }
}
