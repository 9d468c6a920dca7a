package net.insightpulseai.bridge.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;

/**
 * One HTTP request on its way through a {@link Relay}.
 *
 * @param head request line and headers, without the empty line
 */
record RelayedRequest(String head, byte[] body) {

  String path() {
    return head.split(" ", 3)[1].replaceFirst("\\?.*", "");
  }

  String text() {
    return new String(body, UTF_8);
  }

  /** Reads one; blocks until it is complete. */
  static RelayedRequest read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      bytes.write(next);
    }
    String head = bytes.toString(ISO_8859_1).strip();
    return new RelayedRequest(head, in.readNBytes(length(head)));
  }

  private static int length(String head) throws IOException {
    for (String line : head.split("\r\n")) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("transfer-encoding:")) {
        throw new IOException("The relay reads bodies with a content-length only");
      }
      if (lower.startsWith("content-length:")) {
        return Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
    }
    return 0;
  }

  /** Its bytes for where it goes. */
  byte[] to(URI target) {
    StringBuilder text = new StringBuilder();
    for (String line : head.split("\r\n")) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (!lower.startsWith("host:") && !lower.startsWith("connection:")) {
        text.append(line).append("\r\n");
      }
    }
    text.append("Host: ").append(target.getAuthority()).append("\r\nConnection: close\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(text.toString().getBytes(ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }
}
