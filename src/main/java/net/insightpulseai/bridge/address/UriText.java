package net.insightpulseai.bridge.address;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Encodes text for a URI. */
final class UriText {

  private UriText() {}

  /** Non-ASCII characters become the %XX of their UTF-8 bytes; the rest stays as it is. */
  static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(UTF_8)) {
      if (b >= 0) {
        out.append((char) b);
      } else {
        out.append('%').append(String.format("%02X", b));
      }
    }
    return out.toString();
  }
}
