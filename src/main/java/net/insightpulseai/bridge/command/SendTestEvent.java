package net.insightpulseai.bridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.signature.HmacSha256;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.springframework.core.env.Environment;

/** Sends one signed event as Odoo does. Only subscribers that name its type receive it. */
class SendTestEvent implements Command {

  private final SignatureSettings signature;
  private final RunningBridge bridge;

  SendTestEvent(SignatureSettings signature, Environment environment) {
    this.signature = signature;
    this.bridge = new RunningBridge(environment);
  }

  @Override
  public int run(List<String> arguments, PrintStream out) throws Exception {
    if (signature.inboundSecrets().isEmpty()) {
      throw new StartRefused(
          "bridge.signature.inbound-secrets (EDGE_HMAC_SECRET)",
          "nothing",
          "the secret that Odoo signs with");
    }
    byte[] body =
        "{\"event_type\":\"bridge.test\",\"resource_id\":\"1\",\"payload\":{},\"event_id\":\"%s\"}"
            .formatted(UUID.randomUUID())
            .getBytes(UTF_8);
    HttpResponse<String> answer =
        bridge.post(
            "/functions/v1/odoo_event_ingest",
            body,
            Map.of("x-signature", HmacSha256.hex(signature.inboundSecrets().get(0), body)));
    out.println(answer.statusCode() + " " + answer.body());
    return answer.statusCode() == 200 ? 0 : 1;
  }
}
