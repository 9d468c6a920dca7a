package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.insightpulseai.bridge.signature.HmacSha256;

/** Sends one signed event as Odoo does. Only subscribers that name its type receive it. */
final class SendTestEvent implements ClientCommand {

  @Override
  public String usage() {
    return "ingest-test";
  }

  @Override
  public String purpose() {
    return "sends one signed bridge.test event, as Odoo does";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    arguments.requireNoWords();
    byte[] body =
        "{\"event_type\":\"bridge.test\",\"resource_id\":\"1\",\"payload\":{},\"event_id\":\"%s\"}"
            .formatted(UUID.randomUUID())
            .getBytes(UTF_8);
    String signature = HmacSha256.hex(bridge.settings().signingSecret(), body);
    console.out().println(bridge.post(SignFile.INGEST, body, Map.of("x-signature", signature)));
    return 0;
  }
}
