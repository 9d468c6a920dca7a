package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.insightpulseai.bridge.signature.HmacSha256;
import org.jspecify.annotations.Nullable;

/** Signs the exact bytes of a file as Odoo does. Nothing is sent. */
final class SignFile implements ClientCommand {

  static final String INGEST = "/functions/v1/odoo_event_ingest";
  private static final Option TO =
      Option.own("--to", "PATH", "where the curl line sends it, " + INGEST + " by default");

  @Override
  public String usage() {
    return "sign FILE";
  }

  @Override
  public String purpose() {
    return "prints the signature of a file's bytes, and how to send it; sends nothing";
  }

  @Override
  public List<Option> options() {
    return List.of(TO, Console.JSON);
  }

  @Override
  public int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    if (arguments.words().size() != 1) {
      throw new WrongArguments("expected one file");
    }
    String file = arguments.words().get(0);
    byte[] body = read(file);
    String signature = HmacSha256.hex(bridge.settings().signingSecret(), body);
    String curl =
        "curl %s -H 'Content-Type: application/json' -H 'x-signature: %s' --data-binary %s"
            .formatted(
                quoted(bridge.settings().url() + path(arguments.value(TO.name()))),
                signature,
                quoted("@" + file));
    if (arguments.has(Console.JSON.name())) {
      console
          .out()
          .println(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("x-signature", signature)
                  .put("bytes", body.length)
                  .put("curl", curl));
    } else {
      console.out().println("x-signature: " + signature);
      console.out().println(curl);
    }
    return 0;
  }

  private static byte[] read(String file) throws CallFailed {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw new CallFailed(
          "cannot read %s (%s); expected a file with the body of a request"
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  private static String path(@Nullable String to) throws WrongArguments {
    if (to != null && !to.startsWith("/")) {
      throw new WrongArguments("--to is " + to + "; expected a path, such as /bridge/event");
    }
    return to == null ? INGEST : to;
  }

  /** As a shell takes it, whatever is in it. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
