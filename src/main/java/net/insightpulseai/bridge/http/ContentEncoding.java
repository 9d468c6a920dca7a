package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;

/** The bridge takes bodies as they are: it never unpacks one, so that none can grow. */
public final class ContentEncoding {

  private ContentEncoding() {}

  /**
   * Refuses a compressed body.
   *
   * @throws Refusal 415 {@code content_encoding}
   */
  public static void requireIdentity(HttpServletRequest request) {
    for (String encoding : Collections.list(request.getHeaders("content-encoding"))) {
      if (!encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
        throw new Refusal(
            415,
            "content_encoding",
            "Content-Encoding is not accepted; send the body uncompressed");
      }
    }
  }
}
