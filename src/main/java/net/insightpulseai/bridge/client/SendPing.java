package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/** Sends one action that has no effect all the way: through the queue to Odoo and back. */
final class SendPing implements ClientCommand {

  @Override
  public String usage() {
    return "push-test";
  }

  @Override
  public String purpose() {
    return "sends one bridge.ping action through the bridge to Odoo";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    arguments.requireNoWords();
    console
        .out()
        .println(
            bridge.post(
                "/functions/v1/push_to_odoo",
                "{\"action\":\"bridge.ping\",\"args\":{}}".getBytes(UTF_8),
                Map.of("apikey", bridge.settings().serviceKey())));
    return 0;
  }
}
