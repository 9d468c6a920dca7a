package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The terminal that the output goes to, if it is one. */
final class Terminal {

  /** Where the output goes to a file or to another program, nothing is cut. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  private Terminal() {}

  /** Its width in columns, or {@link #UNLIMITED} if the output is no terminal. */
  static int width() {
    try {
      // Java cannot ask; standard error is what is read here, because the output is what is asked.
      Process asked =
          new ProcessBuilder("sh", "-c", "test -t 1 && stty size < /dev/tty >&2")
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start();
      String size = new String(asked.getErrorStream().readAllBytes(), US_ASCII).strip();
      asked.waitFor(1, TimeUnit.SECONDS);
      return size.matches("[0-9]+ [1-9][0-9]*")
          ? Integer.parseInt(size.substring(size.indexOf(' ') + 1))
          : UNLIMITED;
    } catch (IOException e) {
      return UNLIMITED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNLIMITED;
    }
  }
}
